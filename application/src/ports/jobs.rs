//! Background jobs, stored with the change that enqueues them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{JobId, Notification, RepositoryError};

/// A notification to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The job's id.
    pub id: JobId,
    /// The notification.
    pub notice: Notification,
    /// Number of earlier attempts.
    pub attempts: u32,
}

/// The job queue. A job that is taken but not finished becomes due again when its lease ends.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Leases due jobs for one minute, longest overdue first; concurrent workers never get the same
    /// job.
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, RepositoryError>;

    /// Deletes a completed job.
    async fn done(&self, id: JobId) -> Result<(), RepositoryError>;

    /// Reschedules a failed job for the given instant, or marks it as failed permanently without
    /// one.
    async fn failed(
        &self,
        id: JobId,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), RepositoryError>;
}
