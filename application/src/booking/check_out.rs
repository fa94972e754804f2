//! Checking out.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use crate::booking::transition::{BookingTransitionError, apply_transition};
use crate::booking::views::BookingView;
use crate::ports::Ports;

/// Marks the guests as departed. A guest who leaves before the day of departure is refunded as by a
/// cancellation in mid-stay.
///
/// # Errors
/// [`BookingTransitionError`].
pub async fn check_out(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<BookingView, BookingTransitionError> {
    apply_transition(ports, actor, id, expected, "check_out", Booking::check_out).await
}
