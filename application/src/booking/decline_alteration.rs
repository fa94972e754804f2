//! Declining an alteration.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// Declines the other party's alteration; the booking stays unchanged.
///
/// # Errors
/// [`MoveBookingError`].
pub async fn decline_alteration(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, MoveBookingError> {
    moving(
        ports,
        actor,
        id,
        expected,
        "alteration",
        Booking::decline_alteration,
    )
    .await
}
