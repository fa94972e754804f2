//! Background work of one kind, as the worker runs it.

use std::collections::HashSet;

use async_trait::async_trait;
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use crate::ports::{Job, JobKind};

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkItem {
    /// A queued job, leased to this worker.
    Queued(Job),
    /// A booking, payment or review with due work.
    Subject(Uuid, /* failures so far */ u32),
}

impl WorkItem {
    /// Identifies the work among that of its kind.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Queued(job) => job.id.uuid(),
            Self::Subject(id, _) => *id,
        }
    }
}

/// Reason for which work is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// The work has to wait for something else; no attempt is counted.
    #[error("waiting: {0}")]
    NotYet(&'static str),
    /// A dependency does not respond.
    #[error("{0}")]
    Unavailable(String),
    /// The work cannot be done.
    #[error("{0}")]
    Failed(String),
    /// The work took too long and was interrupted.
    #[error("interrupted because it took too long")]
    TimedOut,
    /// A defect.
    #[error("panicked")]
    Panicked,
}

impl From<RepositoryError> for WorkError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Unavailable(_) => Self::Unavailable(error.to_string()),
            RepositoryError::Internal(_)
            | RepositoryError::Damaged { .. }
            | RepositoryError::OperatorRightsLost
            | RepositoryError::AccountClosed
            | RepositoryError::LastOperator => Self::Failed(error.to_string()),
        }
    }
}

/// Background work of one kind. Every piece is run on its own, so that one that fails or hangs
/// affects no other.
#[async_trait]
pub trait Work: Send + Sync {
    /// The kind.
    fn kind(&self) -> JobKind;

    /// Takes due work, at most this much, without what is running.
    async fn take(
        &self,
        limit: usize,
        running: &HashSet<Uuid>,
    ) -> Result<Vec<WorkItem>, RepositoryError>;

    /// Makes one attempt. May be interrupted at any time.
    async fn attempt(&self, item: &WorkItem) -> Result<(), WorkError>;

    /// Records the outcome of an attempt.
    async fn record(
        &self,
        item: WorkItem,
        outcome: Result<(), WorkError>,
    ) -> Result<(), RepositoryError>;

    /// Keeps running work from being taken by another worker.
    async fn renew(&self, running: &HashSet<Uuid>) -> Result<(), RepositoryError>;

    /// Returns when work arrives that must not wait for the next poll.
    async fn wake(&self);
}
