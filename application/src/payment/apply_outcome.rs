//! Effect of a gateway result on a payment and its booking.

use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::shared::{CommitError, PaymentEntryId, RepositoryError};

use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;
use crate::retry::stored;

/// Length of the confirmation code, in characters.
const CODE_LENGTH: usize = 10;

/// Refund reason for a payment that arrives after the booking stopped waiting for it.
const LATE: &str = "late_capture";

/// Stores a gateway result. Returns false if the payment or booking changed concurrently and the
/// decision must be repeated; a result that is already stored needs no action.
pub(super) async fn apply_outcome(
    ports: &Ports,
    current: &BookingWithPayment,
    payment: Payment,
    call: PaymentEntryId,
    outcome: &GatewayOutcome,
) -> Result<bool, RepositoryError> {
    let Some(call) = payment
        .pending_calls
        .iter()
        .find(|open| open.id == call)
        .cloned()
    else {
        return Ok(true);
    };
    let now = ports.clock.now();
    if let (
        GatewayOutcome::Refused { code },
        GatewayCallKind::Refund | GatewayCallKind::Void | GatewayCallKind::Payout,
    ) = (outcome, call.kind)
    {
        tracing::error!(payment = %payment.id, call = %call.id, kind = %call.kind, code, "gateway declined a refund, void or payout");
    }
    let unexpected = |error| {
        RepositoryError::Internal(format!(
            "cannot apply a gateway result to a payment: {error}"
        ))
    };
    let answered = payment
        .record_outcome(call.id, outcome.clone(), now)
        .map_err(unexpected)?;
    let change = current
        .booking
        .clone()
        .apply_gateway_outcome(&call, outcome, || ports.ids.code(CODE_LENGTH), now)
        .map_err(|error| {
            RepositoryError::Internal(format!(
                "cannot apply a gateway result to a booking: {error}"
            ))
        })?;
    let commit = match change {
        Some(change) => current
            .commit(ports, change.with_payment(answered), LATE, now)
            .await
            .map(drop)
            .map_err(CommitError::from),
        None => current
            .commit_payment(ports, answered, LATE, None, now)
            .await
            .map(drop),
    };
    Ok(stored(commit)?.is_some())
}
