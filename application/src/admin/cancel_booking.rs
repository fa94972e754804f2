//! Cancelling somebody's booking.

use sojourn_domain::booking::{Booking, CancelRequest};
use sojourn_domain::shared::{Actor, BasisPoints, BookingId, Violations};

use crate::booking::{CancelError, cancel};
use crate::ports::Ports;

/// Cancels a booking as an operator, for a reason of 1–1,000 characters. The operator says how much comes back: all
/// of it when they say nothing. A booking of their own they do not cancel so.
///
/// # Errors
/// [`CancelError`]; nothing was changed then.
pub async fn cancel_booking(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: CancelRequest,
    expected: Option<i64>,
) -> Result<Booking, CancelError> {
    if !actor.admin {
        return Err(CancelError::Forbidden);
    }
    let mut found = Violations::new();
    found.require(
        request.reason.is_some(),
        "/reason",
        "required",
        "why the booking is cancelled",
    );
    found.or(()).map_err(CancelError::Invalid)?;
    // Who grants something acts as an operator, or not at all.
    let granted = Some(request.granted.unwrap_or(BasisPoints::WHOLE));
    cancel(
        ports,
        actor,
        id,
        CancelRequest { granted, ..request },
        expected,
    )
    .await
}
