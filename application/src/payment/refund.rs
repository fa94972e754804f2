//! Giving money back beyond what a policy says.

use sojourn_domain::payment::{EntryKind, Payment, PaymentError};
use sojourn_domain::shared::{Actor, Money, Party, PaymentEntryId, PaymentId, StoreError, Violations};

use super::{SettleError, settle};
use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why nothing was given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// There is none, or the asker has no part in its booking.
    #[error("no such payment")]
    NotFound,
    /// Only the host and operators give back.
    #[error("only the host gives money back")]
    Forbidden,
    /// More than what is left of what was taken.
    #[error("at most what was captured and not yet refunded")]
    AboveCaptured,
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The gateway refused to give it back; nothing moved.
    #[error("the payment provider does not give this back now")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives an amount back to the guest. Refunds under way count, so that together they never exceed what was
/// taken. When the gateway is silent the refund stands among the payment's open calls, and the worker sees to it.
///
/// # Errors
/// [`RefundError`].
pub async fn refund(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    amount: Money,
    reason: Option<String>,
) -> Result<Payment, RefundError> {
    let entry = PaymentEntryId::new(ports.ids.uuid());
    let reason = reason.as_deref();
    let decided = retrying_stale(|| attempt(ports, actor, id, entry, amount, reason)).await?;
    match settle(ports, id).await {
        Ok(payment) => {
            let refused =
                |it: &sojourn_domain::payment::PaymentEntry| it.id == entry && it.kind == EntryKind::Failure;
            if payment.entries.iter().any(refused) { Err(RefundError::Unavailable) } else { Ok(payment) }
        }
        // It is decided and will be done: an error would invite the asker to decide it once more.
        Err(SettleError::Unavailable | SettleError::Store(_)) => Ok(decided),
    }
}

async fn attempt(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    entry: PaymentEntryId,
    amount: Money,
    reason: Option<&str>,
) -> Result<Option<Payment>, RefundError> {
    let payment = ports.payments.get(id).await?.ok_or(RefundError::NotFound)?;
    let booking = ports.bookings.get(payment.booking_id).await?.ok_or(RefundError::NotFound)?;
    match booking.party_of(actor).ok_or(RefundError::NotFound)? {
        Party::Host | Party::Admin => {}
        Party::Guest | Party::System => return Err(RefundError::Forbidden),
    }
    violations(&payment, amount, reason).or(()).map_err(RefundError::Invalid)?;
    let decided = payment.refund(entry, amount, reason.map(str::to_owned), ports.clock.now());
    let decided = decided.map_err(|error| match error {
        PaymentError::AboveCaptured => RefundError::AboveCaptured,
        error => RefundError::Store(StoreError::Corrupt(error.to_string())),
    })?;
    Ok(unless_stale(ports.payments.commit(decided.clone()).await, decided)?)
}

fn violations(payment: &Payment, amount: Money, reason: Option<&str>) -> Violations {
    let mut found = Violations::new();
    found.require(amount.amount() > 0, "/amount/amount", "out_of_range", "an amount above zero");
    let same = amount.currency() == payment.currency();
    found.require(same, "/amount/currency", "invalid", "the payment's own currency");
    if let Some(reason) = reason {
        found.text("/reason", reason, 1_000);
    }
    found
}
