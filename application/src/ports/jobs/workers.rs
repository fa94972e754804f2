//! The processes that run background work.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use crate::ports::jobs::kind::JobKind;

/// Sign of life of one loop of a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// The kind of work that the loop runs.
    pub kind: JobKind,
    /// Timestamp of its last round (UTC).
    pub at: DateTime<Utc>,
}

/// Activity of all workers on one kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkerActivity {
    /// The kind.
    pub kind: JobKind,
    /// Number of workers with a recorded heartbeat.
    pub workers: u32,
    /// Latest heartbeat of any of them; `None` if there is no worker.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Amount of work that was set aside after its last attempt.
    pub set_aside: u64,
}

/// Heartbeats of workers.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait WorkerRegistry: Send + Sync {
    /// Records heartbeats of a worker and deletes those of any worker from before an instant.
    async fn record(
        &self,
        worker: Uuid,
        heartbeats: Vec<Heartbeat>,
        forget_before: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Deletes the heartbeats of a worker that ends.
    async fn remove(&self, worker: Uuid) -> Result<(), RepositoryError>;

    /// Activity on every kind, in the order of [`JobKind::ALL`].
    async fn activity(&self) -> Result<Vec<WorkerActivity>, RepositoryError>;
}
