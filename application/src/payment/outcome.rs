//! What an answer of the gateway does to a payment and its booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment, PaymentError};
use sojourn_domain::shared::{PaymentEntryId, StoreError};

use crate::ports::Ports;
use crate::retry::unless_stale;

/// How many characters name a confirmed booking at the door.
const CODE_LENGTH: usize = 10;

/// Stores what the gateway answered. False when payment or booking changed meanwhile: decide again; when another
/// has stored the answer already, there is nothing to do.
pub(super) async fn record(
    ports: &Ports,
    payment: Payment,
    call: &Call,
    outcome: &GatewayOutcome,
) -> Result<bool, StoreError> {
    if !payment.calls.iter().any(|open| open.id == call.id) {
        return Ok(true);
    }
    let now = ports.clock.now();
    let done = matches!(outcome, GatewayOutcome::Done { .. });
    if !done && matches!(call.kind, CallKind::Refund | CallKind::Void) {
        tracing::error!(payment = %payment.id, call = %call.id, kind = %call.kind, "the gateway refused to give money back");
    }
    let booking_id = payment.booking_id;
    let answered = payment.answered(call.id, outcome.clone(), now).map_err(unexpected)?;
    if !done || matches!(call.kind, CallKind::Refund | CallKind::Void) {
        return Ok(unless_stale(ports.payments.commit(answered).await, ())?.is_some());
    }
    let missing = || StoreError::Corrupt(format!("payment {} names no booking", answered.id));
    let booking = ports.bookings.get(booking_id).await?.ok_or_else(missing)?;
    charged(ports, booking, answered, call.kind, now).await
}

/// The money came, or is reserved: the booking goes on, unless it came too late, and then it goes back at once.
async fn charged(
    ports: &Ports,
    booking: Booking,
    payment: Payment,
    kind: CallKind,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if booking.hold_expires_at().is_some_and(|end| now > end) {
        let expired = booking.time_out(now).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let payment = returned(ports, payment, kind, now)?;
        return Ok(unless_stale(ports.bookings.commit(expired.paying(payment)).await, ())?.is_some());
    }
    match moved_on(ports, booking, kind, now) {
        Some(change) => Ok(unless_stale(ports.bookings.commit(change.paying(payment)).await, ())?.is_some()),
        None => {
            Ok(unless_stale(ports.payments.commit(returned(ports, payment, kind, now)?).await, ())?.is_some())
        }
    }
}

/// The booking with its payment; none when it ended meanwhile.
fn moved_on(ports: &Ports, booking: Booking, kind: CallKind, now: DateTime<Utc>) -> Option<BookingChange> {
    match kind {
        CallKind::Authorize => booking.authorized(now).ok(),
        _ => booking.captured(ports.ids.code(CODE_LENGTH), now).ok(),
    }
}

/// The same payment with its return decided.
fn returned(
    ports: &Ports,
    payment: Payment,
    kind: CallKind,
    now: DateTime<Utc>,
) -> Result<Payment, StoreError> {
    let id = PaymentEntryId::new(ports.ids.uuid());
    if kind == CallKind::Authorize {
        return payment.void(id, now).map_err(unexpected);
    }
    let amount = payment.refundable();
    if amount.amount() <= 0 {
        return Ok(payment);
    }
    payment.refund(id, amount, Some("late_capture".to_owned()), now).map_err(unexpected)
}

fn unexpected(error: PaymentError) -> StoreError {
    StoreError::Corrupt(format!("a payment: {error}"))
}
