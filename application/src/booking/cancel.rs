//! Cancelling a booking: ends it, frees its nights and refunds its payment in one decision.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, CancelRequest, TransitionError};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, BookingId, BookingRole, RepositoryError,
    Violations,
};

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
) -> Result<Booking, CancelError> {
    let mut found = Violations::new();
    if let Some(reason) = &request.reason {
        found.text("/reason", reason, 1_000);
    }
    found.into_result(()).map_err(CancelError::Invalid)?;
    let cancelled = retry_on_conflict(|| try_cancel(ports, actor, id, &request, expected)).await?;
    dispatch_best_effort(ports, cancelled.payment.as_ref()).await;
    Ok(cancelled.booking)
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
    if request.granted.is_some() && party != BookingRole::Admin {
        return Err(CancelError::Forbidden);
    }
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

/// Audit entry of an operator's cancellation: previous status, refund and reason.
fn cancellation_audit_entry(
    actor: &Actor,
    before: &Booking,
    change: &BookingChange,
    now: DateTime<Utc>,
) -> AuditEntry {
    let cancellation = change.booking.cancellation.as_ref();
    let paid = cancellation.filter(|_| before.confirmation.is_some());
    let refund = paid.map_or_else(String::new, |it| format!(", {} back", it.refund.refund));
    let reason = cancellation
        .and_then(|it| it.reason.as_deref())
        .map_or_else(String::new, |it| format!(": {it}"));
    AuditEntry::of(
        actor,
        AuditAction::BookingCancelled,
        AuditSubject::Booking(before.id),
        now,
    )
    .with_change(
        before.status.as_str(),
        format!("{}{refund}{reason}", change.booking.status),
    )
}
