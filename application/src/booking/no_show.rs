//! Marking guests who never came.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// The host says that the guests never came. Nothing comes back.
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
