//! Cancelling a booking as an operator.

use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{Actor, BasisPoints, BookingId};

use super::cancel::{CancelError, cancel, missing_reason};
use super::views::BookingView;
use crate::ports::Ports;

/// Cancels a booking as an operator, with a reason of 1–1,000 characters. The operator sets the
/// refund; the default is a full refund. An operator's own booking cannot be cancelled this way.
///
/// # Errors
/// [`CancelError`]; nothing is changed.
pub async fn cancel_as_admin(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: CancelRequest,
    expected: Option<i64>,
) -> Result<BookingView, CancelError> {
    if !actor.admin {
        return Err(CancelError::Forbidden);
    }
    if request.reason.is_none() {
        return Err(CancelError::Invalid(missing_reason()));
    }
    // Only operators can set the refund, so this fails for any other caller.
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
