//! Cancelling a booking: ends it, frees its nights and refunds its payment in one decision.

use chrono::{DateTime, Utc};
use serde_json::json;
use sojourn_domain::booking::{
    Booking, BookingChange, BookingCommand, CancelRequest, TransitionError,
};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, BookingId, BookingRole, RepositoryError,
    Violations,
};

use super::permission::{require_refund_setter, require_role};
use super::views::BookingView;
use crate::access::PermissionError;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::payment::dispatch_best_effort;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Errors of cancelling a booking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller's role may never do this; only operators can set the refund.
    #[error("the caller's role in the booking does not allow this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the booking was changed concurrently")]
    Stale,
    /// Not allowed in the booking's current state.
    #[error(transparent)]
    Refused(TransitionError),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CancelError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for CancelError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

impl From<TransitionError> for CancelError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// Cancels a booking and refunds the amount set by its policy or by the operator. The refund is
/// part of the same commit, so of two concurrent cancellations one succeeds and the other fails;
/// the worker retries gateway calls without a response.
///
/// # Errors
/// [`CancelError`]; nothing is changed.
pub async fn cancel(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: CancelRequest,
    expected: Option<i64>,
) -> Result<BookingView, CancelError> {
    let cancelled = retry_on_conflict(|| try_cancel(ports, actor, id, &request, expected)).await?;
    dispatch_best_effort(ports, cancelled.payment.as_ref()).await;
    Ok(BookingView::after_change(ports, actor, &cancelled.booking).await?)
}

async fn try_cancel(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: &CancelRequest,
    expected: Option<i64>,
) -> Result<Option<BookingWithPayment>, CancelError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(CancelError::NotFound)?;
    let party = current
        .booking
        .role_of(actor)
        .ok_or(CancelError::NotFound)?;
    require_role(party, BookingCommand::Cancel)?;
    if request.granted.is_some() {
        require_refund_setter(party)?;
    }
    if attempt::is_done() {
        return Ok(Some(current));
    }
    validate_reason(party, request.reason.as_deref()).map_err(CancelError::Invalid)?;
    if current.changed_since(expected) {
        return Err(CancelError::Stale);
    }
    let now = ports.clock.now();
    let change = current
        .booking
        .clone()
        .cancel(party, request.clone(), now)?;
    let entry = (party == BookingRole::Admin)
        .then(|| cancellation_audit_entry(actor, &current.booking, &change, now));
    let reason = request.reason.as_deref().unwrap_or("cancellation");
    Ok(stored(
        current
            .commit(ports, change.with_audit(entry), reason, now)
            .await,
    )?)
}

fn validate_reason(party: BookingRole, reason: Option<&str>) -> Result<(), Violations> {
    let mut found = Violations::new();
    match reason {
        Some(reason) => found.text("/reason", reason, 1_000),
        None if party == BookingRole::Admin => return Err(missing_reason()),
        None => {}
    }
    found.into_result(())
}

/// The violation of an operator's decision without a reason.
pub(super) fn missing_reason() -> Violations {
    let mut found = Violations::new();
    found.add(
        "/reason",
        "required",
        "a reason for the cancellation is required",
    );
    found
}

/// Audit entry of an operator's cancellation: the status before; after it the status and the refund
/// in minor units, both as JSON; and the reason.
fn cancellation_audit_entry(
    actor: &Actor,
    before: &Booking,
    change: &BookingChange,
    now: DateTime<Utc>,
) -> AuditEntry {
    let cancellation = change.booking().cancellation.as_ref();
    let refund = cancellation.filter(|_| before.confirmation.is_some());
    let refund = refund.map(|it| {
        let (amount, currency) = (it.refund.refund.amount(), it.refund.refund.currency());
        json!({"amount": amount, "currency": currency.code()})
    });
    let after = json!({
        "status": change.booking().status.as_str(),
        "refund": refund,
    });
    let entry = AuditEntry::of(
        actor,
        AuditAction::BookingCancelled,
        AuditSubject::Booking(before.id),
        now,
    )
    .with_change(
        json!({"status": before.status.as_str()}).to_string(),
        after.to_string(),
    );
    AuditEntry {
        reason: cancellation.and_then(|it| it.reason.clone()),
        ..entry
    }
}
