//! Retrying refunds that the gateway refused.

use sojourn_domain::ledger::owed_to_guest;
use sojourn_domain::payment::{EntryKind, Payment};
use sojourn_domain::shared::{PaymentId, RepositoryError};

use crate::booking_with_payment::BookingWithPayment;
use crate::jobs::work::WorkError;
use crate::payment::{DispatchError, dispatch};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Reason of a refund that was refused before.
const RETRIED: &str = "retried_refund";

/// Refunds what is owed to the guest of a payment, and waits for the gateway's answer.
///
/// # Errors
/// [`WorkError::Failed`] with the gateway's code if it refuses again; [`WorkError::Unavailable`] if
/// it does not respond.
pub(super) async fn retry_refund(ports: &Ports, id: PaymentId) -> Result<(), WorkError> {
    if !retry_on_conflict(|| refund_owed(ports, id)).await? {
        return Ok(());
    }
    match dispatch(ports, id).await {
        Ok(payment) if payment.refund_owed_since.is_some() => {
            Err(WorkError::Failed(refusal(&payment)))
        }
        Ok(_) => Ok(()),
        Err(error @ DispatchError::Unavailable) => Err(WorkError::Unavailable(error.to_string())),
        Err(DispatchError::Store(error)) => Err(error.into()),
    }
}

/// Stores the refund of what is owed; false if nothing is, `None` after a concurrent change.
async fn refund_owed(ports: &Ports, id: PaymentId) -> Result<Option<bool>, RepositoryError> {
    let Some((current, payment)) = BookingWithPayment::load_by_payment(ports, id).await? else {
        return Ok(Some(false));
    };
    if payment.refund_owed_since.is_none() {
        return Ok(Some(false));
    }
    if payment.has_pending_refund() {
        return Ok(Some(true));
    }
    let now = ports.clock.now();
    let owed = owed_to_guest(current.funds()).map_err(defect)?;
    let is_owed = owed.amount() > 0;
    let next = if is_owed {
        payment
            .refund(&mut || ports.ids.uuid(), owed, Some(RETRIED), None, now)
            .map_err(defect)?
    } else {
        payment
    };
    let commit = current
        .commit_payment(ports, next, RETRIED, None, now)
        .await;
    Ok(stored(commit)?.map(|_| is_owed))
}

fn refusal(payment: &Payment) -> String {
    let failure = payment
        .entries
        .iter()
        .rfind(|entry| entry.kind == EntryKind::Failure);
    let code = failure.and_then(|entry| entry.reason.as_deref());
    format!(
        "the payment provider refused the refund: {}",
        code.unwrap_or("unknown")
    )
}

fn defect(error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Internal(format!("cannot retry a refund: {error}"))
}
