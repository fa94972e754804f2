//! Giving money back beyond what a policy says.

use chrono::{DateTime, Utc};
use sojourn_domain::ledger::owed_to_guest;
use sojourn_domain::payment::{EntryKind, Payment, PaymentEntry, PaymentError};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Money, Party, PaymentEntryId, PaymentId,
    StoreError, Violations,
};

use super::{SettleError, settle};
use crate::case::Case;
use crate::ports::Ports;
use crate::retry::{retrying_stale, stored};

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

/// Gives an amount back to the guest, borne by who gives it, and writes that down. What the guest is owed already, because the gateway
/// refused an earlier refund, goes first and is borne by nobody anew. Refunds under way count, so that together
/// they never exceed what was taken. When the gateway is silent the refund stands among the payment's open calls,
/// and the worker sees to it.
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
    let reason = reason.as_deref();
    let (decided, calls) = retrying_stale(|| attempt(ports, actor, id, amount, reason)).await?;
    match settle(ports, id).await {
        Ok(payment) => {
            let refused =
                |it: &PaymentEntry| calls.contains(&it.id) && it.kind == EntryKind::Failure;
            if payment.entries.iter().any(refused) {
                Err(RefundError::Unavailable)
            } else {
                Ok(payment)
            }
        }
        // It is decided and will be done: an error would invite the asker to decide it once more.
        Err(SettleError::Unavailable | SettleError::Store(_)) => Ok(decided),
    }
}

/// Stores the refund; answers with the calls that make it.
async fn attempt(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    amount: Money,
    reason: Option<&str>,
) -> Result<Option<(Payment, Vec<PaymentEntryId>)>, RefundError> {
    let (case, payment) = Case::paid_by(ports, id)
        .await?
        .ok_or(RefundError::NotFound)?;
    let party = case.booking.party_of(actor).ok_or(RefundError::NotFound)?;
    match party {
        Party::Host | Party::Admin => {}
        Party::Guest | Party::System => return Err(RefundError::Forbidden),
    }
    violations(&payment, amount, reason)
        .or(())
        .map_err(RefundError::Invalid)?;
    let now = ports.clock.now();
    let owed =
        owed_to_guest(case.books()).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let decided = given(ports, payment.clone(), amount, owed, party, reason, now)?;
    let before = payment.calls.iter().map(|call| call.id).collect::<Vec<_>>();
    let calls = decided
        .calls
        .iter()
        .map(|call| call.id)
        .filter(|id| !before.contains(id))
        .collect();
    let reason = reason.unwrap_or("refund");
    let entry = AuditEntry::of(
        actor,
        AuditAction::RefundGiven,
        AuditSubject::Payment(id),
        now,
    )
    .because(format!("{amount}: {reason}"));
    let commit = case
        .commit_payment(ports, decided, reason, Some(entry), now)
        .await;
    Ok(stored(commit)?.map(|payment| (payment, calls)))
}

/// The payment with the refund decided: what is owed without a bearer, the rest borne by who gives it.
fn given(
    ports: &Ports,
    payment: Payment,
    amount: Money,
    owed: Money,
    party: Party,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Payment, RefundError> {
    if amount.amount() > payment.refundable().amount() {
        return Err(RefundError::AboveCaptured);
    }
    let first = amount.amount().min(owed.amount()).max(0);
    let parts = [(first, None), (amount.amount() - first, Some(party))];
    parts.into_iter().filter(|&(part, _)| part > 0).try_fold(
        payment,
        |payment, (part, borne_by)| {
            let part = Money::new(part, amount.currency());
            payment
                .refund(&mut || ports.ids.uuid(), part, reason, borne_by, now)
                .map_err(|error| match error {
                    PaymentError::AboveCaptured => RefundError::AboveCaptured,
                    error => RefundError::Store(StoreError::Corrupt(error.to_string())),
                })
        },
    )
}

fn violations(payment: &Payment, amount: Money, reason: Option<&str>) -> Violations {
    let mut found = Violations::new();
    found.require(
        amount.amount() > 0,
        "/amount/amount",
        "out_of_range",
        "an amount above zero",
    );
    let same = amount.currency() == payment.currency();
    found.require(
        same,
        "/amount/currency",
        "invalid",
        "the payment's own currency",
    );
    if let Some(reason) = reason {
        found.text("/reason", reason, 1_000);
    }
    found
}
