//! Withdrawing one's own alteration.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use super::MoveBookingError;
use super::moving::moving;
use crate::ports::Ports;

/// Whoever proposed an alteration takes it back: the booking stays as it is.
///
/// # Errors
/// [`MoveBookingError`].
pub async fn withdraw_alteration(
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
        Booking::withdraw_alteration,
    )
    .await
}
