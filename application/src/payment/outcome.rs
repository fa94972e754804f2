//! What an answer of the gateway does to a payment and its booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, MoveError, Status};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment};
use sojourn_domain::shared::{PaymentEntryId, StoreError};

use crate::case::Case;
use crate::ports::Ports;
use crate::retry::stored;

/// How many characters name a confirmed booking at the door.
const CODE_LENGTH: usize = 10;

/// Why money goes back that came for a booking which no longer waits for it.
const LATE: &str = "late_capture";

/// Stores what the gateway answered. False when payment or booking changed meanwhile: decide again; when another
/// has stored the answer already, there is nothing to do.
pub(super) async fn record(
    ports: &Ports,
    case: &Case,
    payment: Payment,
    call: PaymentEntryId,
    outcome: &GatewayOutcome,
) -> Result<bool, StoreError> {
    let Some(call) = payment.calls.iter().find(|open| open.id == call).cloned() else {
        return Ok(true);
    };
    let now = ports.clock.now();
    if let (
        GatewayOutcome::Refused { code },
        CallKind::Refund | CallKind::Void | CallKind::Payout,
    ) = (outcome, call.kind)
    {
        tracing::error!(payment = %payment.id, call = %call.id, kind = %call.kind, code, "the gateway refused to move money");
    }
    let unexpected = |error| StoreError::Corrupt(format!("a payment: {error}"));
    let answered = payment
        .answered(call.id, outcome.clone(), now)
        .map_err(unexpected)?;
    let moved = moved_on(ports, &case.booking, &call, outcome, now);
    let commit = match moved.map_err(|error| StoreError::Corrupt(format!("a booking: {error}")))? {
        Some(change) => case
            .commit(ports, change.paying(answered), LATE, now)
            .await
            .map(drop),
        None => case
            .commit_payment(ports, answered, LATE, None, now)
            .await
            .map(drop),
    };
    Ok(stored(commit)?.is_some())
}

/// What the answer does to the booking; none when nothing. Money that comes when the booking does not wait for it
/// any more is not its concern: it goes back.
fn moved_on(
    ports: &Ports,
    booking: &Booking,
    call: &Call,
    outcome: &GatewayOutcome,
    now: DateTime<Utc>,
) -> Result<Option<BookingChange>, MoveError> {
    if booking
        .alteration
        .as_ref()
        .is_some_and(|alteration| alteration.charge == Some(call.id))
    {
        let booking = booking.clone();
        return match outcome {
            GatewayOutcome::Done { .. } => booking.alteration_paid(call.id, now),
            GatewayOutcome::Refused { code } => {
                booking.alteration_refused(call.id, code.clone(), now)
            }
        }
        .map(Some);
    }
    match outcome {
        GatewayOutcome::Done { .. } => charged(ports, booking.clone(), call.kind, now),
        GatewayOutcome::Refused { .. } => Ok(None),
    }
}

/// What money that was taken or reserved does to the booking.
fn charged(
    ports: &Ports,
    booking: Booking,
    kind: CallKind,
    now: DateTime<Utc>,
) -> Result<Option<BookingChange>, MoveError> {
    let late = booking.hold_expires_at().is_some_and(|end| now > end);
    let code = || ports.ids.code(CODE_LENGTH);
    match (kind, booking.status) {
        (CallKind::Authorize | CallKind::Capture, Status::PendingPayment) if late => {
            booking.time_out(now)
        }
        (CallKind::Authorize, Status::PendingPayment) => booking.authorized(now),
        (CallKind::Capture, Status::PendingPayment) => booking.captured(code(), now),
        (CallKind::Capture, Status::AwaitingHost) => booking.accepted(code(), now),
        (
            CallKind::Authorize
            | CallKind::Capture
            | CallKind::Void
            | CallKind::Refund
            | CallKind::Payout,
            _,
        ) => return Ok(None),
    }
    .map(Some)
}
