//! Withdrawing one's own alteration.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId};

use crate::booking::transition::{BookingTransitionError, apply_transition};
use crate::booking::views::BookingView;
use crate::ports::Ports;

/// Withdraws the caller's own alteration; the booking stays unchanged.
///
/// # Errors
/// [`BookingTransitionError`].
pub async fn withdraw_alteration(
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
        Booking::withdraw_alteration,
    )
    .await
}
