//! Cancelling: the booking ends, its nights are freed and its money is sent back in one decision.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, CancelRequest, MoveError};
use sojourn_domain::payment::{Payment, PaymentError, PaymentStatus};
use sojourn_domain::shared::{
    Actor, BookingId, Money, Party, PaymentEntryId, PaymentId, StoreError, Violations,
};

use crate::payment::settle;
use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why a booking was not cancelled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// The asker's side may never do this; only operators say how much comes back.
    #[error("this side of a booking may not do this")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the booking changed meanwhile")]
    Stale,
    /// Not in the state it is in.
    #[error(transparent)]
    Refused(MoveError),
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MoveError> for CancelError {
    fn from(error: MoveError) -> Self {
        if error == MoveError::NotAllowed { Self::Forbidden } else { Self::Refused(error) }
    }
}

/// Cancels a booking and gives back what its policy, or the operator, says. The refund is decided in the same
/// change, so of two who cancel at once one succeeds and the other is refused; a silent gateway is asked again
/// by the worker.
///
/// # Errors
/// [`CancelError`]; nothing was changed then.
pub async fn cancel(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: CancelRequest,
    expected: Option<i64>,
) -> Result<Booking, CancelError> {
    let mut found = Violations::new();
    if let Some(reason) = &request.reason {
        found.text("/reason", reason, 1_000);
    }
    found.or(()).map_err(CancelError::Invalid)?;
    let (booking, paying) = retrying_stale(|| attempt(ports, actor, id, &request, expected)).await?;
    if let Some(payment) = paying
        && let Err(error) = settle(ports, payment).await
    {
        tracing::warn!(%payment, %error, "the money of a cancelled booking is settled later");
    }
    Ok(booking)
}

async fn attempt(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: &CancelRequest,
    expected: Option<i64>,
) -> Result<Option<(Booking, Option<PaymentId>)>, CancelError> {
    let booking = ports.bookings.get(id).await?.ok_or(CancelError::NotFound)?;
    let party = booking.party_of(actor).ok_or(CancelError::NotFound)?;
    if request.granted.is_some() && party != Party::Admin {
        return Err(CancelError::Forbidden);
    }
    if expected.is_some_and(|version| version != booking.version) {
        return Err(CancelError::Stale);
    }
    let now = ports.clock.now();
    let mut change = booking.cancel(party, request.clone(), now)?;
    let due = change.booking.cancellation.as_ref().map(|cancellation| cancellation.refund.refund);
    let paid = ports.payments.of_booking(id).await?;
    if let (Some(due), Some(paid)) = (due, paid)
        && let Some(payment) = given_back(ports, paid, due, request.reason.clone(), now)?
    {
        change = change.paying(payment);
    }
    let (cancelled, paying) = (change.booking.clone(), change.payment.as_ref().map(|payment| payment.id));
    Ok(unless_stale(ports.bookings.commit(change).await, (cancelled, paying))?)
}

/// The payment with what is to be given back of it decided; none when nothing is. A charge that the gateway has
/// not answered stays as it is: its capture will come late and is refunded then.
fn given_back(
    ports: &Ports,
    payment: Payment,
    due: Money,
    reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<Option<Payment>, CancelError> {
    let id = || PaymentEntryId::new(ports.ids.uuid());
    let changed = match payment.status() {
        PaymentStatus::Authorized => payment.void(id(), now),
        PaymentStatus::Captured | PaymentStatus::PartiallyRefunded => {
            let left = payment.refundable();
            let amount = if due.amount() > left.amount() { left } else { due };
            if amount.amount() <= 0 {
                return Ok(None);
            }
            payment.refund(id(), amount, reason.or_else(|| Some("cancellation".to_owned())), now)
        }
        PaymentStatus::Pending | PaymentStatus::Voided | PaymentStatus::Failed | PaymentStatus::Refunded => {
            return Ok(None);
        }
    };
    changed.map(Some).map_err(|error| match error {
        PaymentError::Money(error) => CancelError::Refused(MoveError::Money(error)),
        error => CancelError::Store(StoreError::Corrupt(format!("a cancelled booking's payment: {error}"))),
    })
}
