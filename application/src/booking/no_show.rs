//! Marking a booking as a no-show.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use crate::booking::transition::{BookingTransitionError, apply_transition};
use crate::booking::views::BookingView;
use crate::ports::Ports;

/// Marks that the guests never arrived. No refund is made.
///
/// # Errors
/// [`BookingTransitionError`].
pub async fn no_show(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<BookingView, BookingTransitionError> {
    apply_transition(ports, actor, id, expected, "no_show", Booking::no_show).await
}
