//! Decisions of operators about background work.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{AuditAction, AuditEntry, JobId, RepositoryError};

use crate::access::{AdminError, require_reason};
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::jobs::list::JobOperator;
use crate::jobs::view::audit_subject;
use crate::ports::{JobAction, JobChange, JobPayload, JobRecord, JobStatus, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of decisions about background work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobDecisionError {
    /// Not allowed, not found, running, or an invalid reason.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The work follows from a booking, payment or review and would be found again.
    #[error("work on a booking, payment or review cannot be discarded")]
    NotDiscardable,
}

impl From<RepositoryError> for JobDecisionError {
    fn from(error: RepositoryError) -> Self {
        Self::Admin(error.into())
    }
}

impl UseCaseError for JobDecisionError {
    fn failure(&self) -> Failure {
        match self {
            Self::Admin(error) => error.failure(),
            Self::NotDiscardable => Failure::conflict(
                "not_discardable",
                "This work follows from a booking, payment or review. Retry it after its cause is removed.",
            ),
        }
    }
}

/// Makes work due now, with all attempts again.
///
/// # Errors
/// [`JobDecisionError::Admin`]: [`AdminError::WrongState`] while it is running.
pub async fn retry(
    ports: &Ports,
    operator: JobOperator<'_>,
    id: JobId,
    reason: &str,
) -> Result<(), JobDecisionError> {
    decide(ports, operator, id, JobAction::Retry, reason).await
}

/// Deletes a queued job for good.
///
/// # Errors
/// [`JobDecisionError`]: [`AdminError::WrongState`] while it is running.
pub async fn discard(
    ports: &Ports,
    operator: JobOperator<'_>,
    id: JobId,
    reason: &str,
) -> Result<(), JobDecisionError> {
    decide(ports, operator, id, JobAction::Discard, reason).await
}

/// Stores a decision with its audit entry.
async fn decide(
    ports: &Ports,
    operator: JobOperator<'_>,
    id: JobId,
    action: JobAction,
    reason: &str,
) -> Result<(), JobDecisionError> {
    if let JobOperator::Account(actor) = operator {
        require_reason(actor, reason)?;
    }
    retry_on_conflict(|| async move {
        // An earlier try of the request made the decision, and the work may be done or gone since.
        if attempt::is_done() {
            return Ok(Some(()));
        }
        let job = ports.job_admin.get(id).await?;
        let job = job.ok_or(AdminError::NotFound)?;
        let at = ports.clock.now();
        if job.status(at) == JobStatus::Running {
            return Err(AdminError::WrongState(JobStatus::Running.as_str()).into());
        }
        if action == JobAction::Discard && matches!(job.payload, JobPayload::Subject(_)) {
            return Err(JobDecisionError::NotDiscardable);
        }
        let change = JobChange {
            audit: audit_entry(operator, &job, action, reason, at),
            job,
            action,
            at,
        };
        Ok(unless_stale(ports.job_admin.commit(change).await, ())?)
    })
    .await
}

fn audit_entry(
    operator: JobOperator<'_>,
    job: &JobRecord,
    action: JobAction,
    reason: &str,
    at: DateTime<Utc>,
) -> AuditEntry {
    let (actor, address) = match operator {
        JobOperator::Account(actor) => (Some(actor.user_id), actor.address),
        JobOperator::CommandLine => (None, None),
    };
    let (action, after) = match action {
        JobAction::Retry => (AuditAction::JobRetried, JobStatus::Waiting.as_str()),
        JobAction::Discard => (AuditAction::JobDiscarded, "discarded"),
    };
    AuditEntry {
        at,
        actor,
        address,
        by_operator: matches!(operator, JobOperator::Account(_)),
        action,
        subject: audit_subject(job),
        before: None,
        after: None,
        reason: None,
    }
    .with_change(
        format!("{} {}: {}", job.kind, job.id, job.status(at).as_str()),
        after,
    )
    .with_reason(reason)
}
