//! Marking a booking as a no-show.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// Marks that the guests never arrived. No refund is made.
///
/// # Errors
/// [`MoveBookingError`].
pub async fn no_show(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, MoveBookingError> {
    moving(ports, actor, id, expected, "no_show", Booking::no_show).await
}
