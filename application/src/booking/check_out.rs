//! Checking out.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// Marks the guests as departed and frees the remaining nights.
///
/// # Errors
/// [`MoveBookingError`].
pub async fn check_out(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, MoveBookingError> {
    moving(ports, actor, id, expected, "check_out", Booking::check_out).await
}
