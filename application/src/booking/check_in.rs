//! Checking in.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// Marks the guests as arrived.
///
/// # Errors
/// [`MoveBookingError`].
pub async fn check_in(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, MoveBookingError> {
    moving(ports, actor, id, expected, "check_in", Booking::check_in).await
}
