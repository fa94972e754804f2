//! Holds and requests that expire, stays that end.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, Status};
use sojourn_domain::payment::{Payment, PaymentStatus};
use sojourn_domain::shared::{PaymentEntryId, PaymentId, StoreError};

use crate::payment::settle;
use crate::ports::Ports;
use crate::retry::unless_stale;

/// How many bookings a round takes.
const ROUND: u32 = 100;

/// Moves the bookings whose time is over, and gives back what was reserved for those that expire. A booking that
/// changed meanwhile is left to the next round.
///
/// # Errors
/// [`StoreError::Unavailable`]; one that cannot be moved is logged and passed over.
pub async fn settle_bookings(ports: &Ports) -> Result<usize, StoreError> {
    let now = ports.clock.now();
    let mut moved = 0;
    for booking in ports.bookings.due(now, ROUND).await? {
        let id = booking.id;
        match time_out(ports, booking, now).await {
            Ok(done) => moved += usize::from(done),
            Err(error @ StoreError::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(booking = %id, %error, "a booking that is due cannot be moved"),
        }
    }
    Ok(moved)
}

async fn time_out(ports: &Ports, booking: Booking, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let paid = match booking.status {
        Status::AwaitingHost | Status::PendingPayment => ports.payments.of_booking(booking.id).await?,
        _ => None,
    };
    let mut change = booking.time_out(now).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let mut paying = None;
    if let Some(payment) = paid.map(|paid| given_back(ports, paid, now)).transpose()?.flatten() {
        paying = Some(payment.id);
        change = change.paying(payment);
    }
    if unless_stale(ports.bookings.commit(change).await, ())?.is_none() {
        return Ok(false);
    }
    if let Some(payment) = paying {
        pay_back(ports, payment).await;
    }
    Ok(true)
}

/// The payment with its return decided. A charge that is not answered yet is returned once it is.
fn given_back(ports: &Ports, paid: Payment, now: DateTime<Utc>) -> Result<Option<Payment>, StoreError> {
    let id = PaymentEntryId::new(ports.ids.uuid());
    let left = paid.refundable();
    let changed = match paid.status() {
        PaymentStatus::Authorized => paid.void(id, now),
        PaymentStatus::Captured | PaymentStatus::PartiallyRefunded if left.amount() > 0 => {
            paid.refund(id, left, Some("expired".to_owned()), now)
        }
        _ => return Ok(None),
    };
    changed.map(Some).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The return is stored, so whatever fails here is done by a later round.
async fn pay_back(ports: &Ports, payment: PaymentId) {
    if let Err(error) = settle(ports, payment).await {
        tracing::warn!(%payment, %error, "the money of an expired booking is settled later");
    }
}
