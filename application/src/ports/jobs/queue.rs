//! Queued jobs, stored with the change that enqueues them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{BookingRole, JobId, Notification, RepositoryError};

/// A mail to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The job's id.
    pub id: JobId,
    /// The job of the notification's first recipient, or the job itself: the same for all mails of
    /// one notification.
    pub origin: JobId,
    /// The notification.
    pub notice: Notification,
    /// The side of the booking that the mail is for; `None` if the notification has one recipient.
    pub recipient: Option<BookingRole>,
    /// Number of earlier attempts.
    pub attempts: u32,
}

/// The job queue. A job that is taken but not finished becomes due again when its lease ends.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Leases due jobs for one minute, longest overdue first; concurrent workers never get the same
    /// job. A job that cannot be decoded is set aside and does not hide those behind it.
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, RepositoryError>;

    /// Extends the leases of jobs that are still running to one minute from now. A lease that has
    /// ended, and may have passed to another worker, stays as it is.
    async fn renew(&self, jobs: Vec<JobId>, now: DateTime<Utc>) -> Result<(), RepositoryError>;

    /// Deletes a completed job.
    async fn done(&self, id: JobId) -> Result<(), RepositoryError>;

    /// Reschedules a failed job for the given instant, or sets it aside without one. Has no effect
    /// if another worker has taken the job since.
    async fn failed(
        &self,
        job: Job,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), RepositoryError>;
}
