//! Work for later, stored with the change that asks for it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{JobId, Notice, StoreError};

/// A notice to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What to tell.
    pub notice: Notice,
    /// How often it was tried before.
    pub attempts: u32,
}

/// The queue of jobs. A job that was taken and not finished is given out again when its lease ends.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Takes due jobs for one minute, the longest due first; no two takers get the same.
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, StoreError>;

    /// A job is done and forgotten.
    async fn done(&self, id: JobId) -> Result<(), StoreError>;

    /// A job failed: it is tried again at the given instant, or kept aside for the operator when there is none.
    async fn failed(
        &self,
        id: JobId,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError>;
}
