//! Checking in.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use crate::booking::transition::{BookingTransitionError, apply_transition};
use crate::booking::views::BookingView;
use crate::ports::Ports;

/// Marks the guests as arrived.
///
/// # Errors
/// [`BookingTransitionError`].
pub async fn check_in(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<BookingView, BookingTransitionError> {
    apply_transition(ports, actor, id, expected, "check_in", Booking::check_in).await
}
