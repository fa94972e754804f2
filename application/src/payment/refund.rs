//! Voluntary refunds beyond the cancellation policy.

use chrono::{DateTime, Utc};
use serde_json::json;
use sojourn_domain::ledger::owed_to_guest;
use sojourn_domain::payment::{EntryKind, Payment, PaymentEntry, PaymentError};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, BookingRole, Money, PaymentEntryId, PaymentId,
    RepositoryError, Violations,
};

use super::failures::refund_declined;
use super::permission::require_refunder;
use super::views::PaymentView;
use super::{DispatchError, dispatch};
use crate::access::PermissionError;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Errors of a voluntary refund.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// No such payment, or the caller is not part of its booking.
    #[error("no such payment")]
    NotFound,
    /// Only the host and operators can refund.
    #[error("only the host and operators can refund a payment")]
    Forbidden,
    /// The amount exceeds the captured amount that is not yet refunded.
    #[error("the amount exceeds what was captured and not yet refunded")]
    AboveCaptured,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The gateway declined the refund; no amount was moved.
    #[error("the payment provider declined the refund")]
    Declined,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RefundError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::AboveCaptured => {
                let detail = "must not exceed the captured amount not yet refunded";
                let mut found = Violations::new();
                found.add("/amount", "above_captured", detail);
                Failure::invalid(found)
            }
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Declined => refund_declined(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for RefundError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

/// Refunds an amount to the guest at the expense of the refunding party, with an audit entry. An
/// amount already owed to the guest after a failed refund is paid first and borne by neither party.
/// Pending refunds count, so that the total never exceeds the captured amount. If the gateway does
/// not respond, the refund stays pending, and the worker retries it.
///
/// # Errors
/// [`RefundError`].
pub async fn refund(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    amount: Money,
    reason: Option<String>,
) -> Result<PaymentView, RefundError> {
    let reason = reason.as_deref();
    let (decided, calls) =
        retry_on_conflict(|| try_refund(ports, actor, id, amount, reason)).await?;
    match dispatch(ports, id).await {
        Ok(payment) => {
            let refused =
                |it: &PaymentEntry| calls.contains(&it.id) && it.kind == EntryKind::Failure;
            if payment.entries.iter().any(refused) {
                Err(RefundError::Declined)
            } else {
                Ok(PaymentView::from(&payment))
            }
        }
        // The refund is decided and will be completed: an error would invite the caller to decide
        // it twice.
        Err(DispatchError::Unavailable | DispatchError::Store(_)) => {
            Ok(PaymentView::from(&decided))
        }
    }
}

/// Stores the refund; returns its gateway calls.
async fn try_refund(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    amount: Money,
    reason: Option<&str>,
) -> Result<Option<(Payment, Vec<PaymentEntryId>)>, RefundError> {
    let (current, payment) = BookingWithPayment::load_by_payment(ports, id)
        .await?
        .ok_or(RefundError::NotFound)?;
    let party = current
        .booking
        .role_of(actor)
        .ok_or(RefundError::NotFound)?;
    require_refunder(party)?;
    if let Some(decided) = attempt::prior() {
        return Ok(Some((payment, decided.refunds())));
    }
    let mut found = violations(&payment, amount, reason);
    found.require(
        party != BookingRole::Admin || reason.is_some(),
        "/reason",
        "required",
        "a reason for the refund is required",
    );
    found.into_result(()).map_err(RefundError::Invalid)?;
    let now = ports.clock.now();
    let owed = owed_to_guest(current.funds())
        .map_err(|error| RepositoryError::Internal(error.to_string()))?;
    let decided = allocate_refund(ports, payment.clone(), amount, owed, party, reason, now)?;
    let before = payment
        .pending_calls
        .iter()
        .map(|call| call.id)
        .collect::<Vec<_>>();
    let calls = decided
        .pending_calls
        .iter()
        .map(|call| call.id)
        .filter(|id| !before.contains(id))
        .collect();
    let entry = AuditEntry::of(
        actor,
        AuditAction::RefundGiven,
        AuditSubject::Payment(id),
        now,
    )
    .with_change(
        json!({"refunded": payment.refunded().amount(), "refundable": payment.refundable().amount()})
            .to_string(),
        json!({
            "refund": {"amount": amount.amount(), "currency": amount.currency().code()},
        })
        .to_string(),
    );
    let entry = AuditEntry {
        reason: reason.map(str::to_owned),
        ..entry
    };
    let reason = reason.unwrap_or("refund");
    let commit = current
        .commit_payment(ports, decided, reason, Some(entry), now)
        .await;
    Ok(stored(commit)?.map(|payment| (payment, calls)))
}

/// The payment with the refund: the owed part borne by neither party, the rest by the refunding
/// party.
fn allocate_refund(
    ports: &Ports,
    payment: Payment,
    amount: Money,
    owed: Money,
    party: BookingRole,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Payment, RefundError> {
    if amount.amount() > payment.refundable().amount() {
        return Err(RefundError::AboveCaptured);
    }
    let owed_part = amount.amount().min(owed.amount()).max(0);
    let parts = [
        (owed_part, None),
        (amount.amount() - owed_part, Some(party)),
    ];
    parts.into_iter().filter(|&(part, _)| part > 0).try_fold(
        payment,
        |payment, (part, borne_by)| {
            let part = Money::new(part, amount.currency());
            payment
                .refund(&mut || ports.ids.uuid(), part, reason, borne_by, now)
                .map_err(|error| match error {
                    PaymentError::AboveCaptured => RefundError::AboveCaptured,
                    error => RefundError::Store(RepositoryError::Internal(error.to_string())),
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
        "must be above zero",
    );
    let same = amount.currency() == payment.currency();
    found.require(
        same,
        "/amount/currency",
        "invalid",
        "must be the payment's currency",
    );
    if let Some(reason) = reason {
        found.text("/reason", reason, 1_000);
    }
    found
}
