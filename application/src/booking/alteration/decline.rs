//! Declining an alteration.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use crate::booking::transition::{BookingTransitionError, apply_transition};
use crate::booking::views::BookingView;
use crate::ports::Ports;

/// Declines the other party's alteration; the booking stays unchanged.
///
/// # Errors
/// [`BookingTransitionError`].
pub async fn decline_alteration(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<BookingView, BookingTransitionError> {
    apply_transition(
        ports,
        actor,
        id,
        expected,
        "alteration",
        Booking::decline_alteration,
    )
    .await
}
