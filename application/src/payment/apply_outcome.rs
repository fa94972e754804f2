//! Effect of a gateway result on a payment and its booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, BookingStatus, TransitionError};
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::shared::{PaymentEntryId, RepositoryError};

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
    let change = booking_change(ports, &current.booking, &call, outcome, now);
    let commit = match change.map_err(|error| {
        RepositoryError::Internal(format!(
            "cannot apply a gateway result to a booking: {error}"
        ))
    })? {
        Some(change) => current
            .commit(ports, change.with_payment(answered), LATE, now)
            .await
            .map(drop),
        None => current
            .commit_payment(ports, answered, LATE, None, now)
            .await
            .map(drop),
    };
    Ok(stored(commit)?.is_some())
}

/// Effect of the result on the booking; `None` if there is none. A payment that arrives after the
/// booking stopped waiting for it has no effect and is refunded.
fn booking_change(
    ports: &Ports,
    booking: &Booking,
    call: &GatewayCall,
    outcome: &GatewayOutcome,
    now: DateTime<Utc>,
) -> Result<Option<BookingChange>, TransitionError> {
    if booking
        .alteration
        .as_ref()
        .is_some_and(|alteration| alteration.charge == Some(call.id))
    {
        let booking = booking.clone();
        return match outcome {
            GatewayOutcome::Succeeded { .. } => booking.record_alteration_capture(call.id, now),
            GatewayOutcome::Refused { code } => {
                booking.record_alteration_decline(call.id, code.clone(), now)
            }
        }
        .map(Some);
    }
    match outcome {
        GatewayOutcome::Succeeded { .. } => after_charge(ports, booking.clone(), call.kind, now),
        GatewayOutcome::Refused { .. } => Ok(None),
    }
}

/// Effect of an authorized or captured payment on the booking.
fn after_charge(
    ports: &Ports,
    booking: Booking,
    kind: GatewayCallKind,
    now: DateTime<Utc>,
) -> Result<Option<BookingChange>, TransitionError> {
    let late = booking.hold_expires_at().is_some_and(|end| now > end);
    let code = || ports.ids.code(CODE_LENGTH);
    match (kind, booking.status) {
        (GatewayCallKind::Authorize | GatewayCallKind::Capture, BookingStatus::PendingPayment)
            if late =>
        {
            booking.time_out(now)
        }
        (GatewayCallKind::Authorize, BookingStatus::PendingPayment) => {
            booking.record_authorization(now)
        }
        (GatewayCallKind::Capture, BookingStatus::PendingPayment) => {
            booking.record_capture(code(), now)
        }
        (GatewayCallKind::Capture, BookingStatus::AwaitingHost) => {
            booking.confirm_acceptance(code(), now)
        }
        (
            GatewayCallKind::Authorize
            | GatewayCallKind::Capture
            | GatewayCallKind::Void
            | GatewayCallKind::Refund
            | GatewayCallKind::Payout,
            _,
        ) => return Ok(None),
    }
    .map(Some)
}
