//! The sources of the gauges.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sojourn_application::ports::{
    AuditHead, AuditLog, Cache, CacheReport, Clock, Statistics, StatisticsQueries, WorkerActivity,
    WorkerRegistry,
};
use sojourn_domain::shared::RepositoryError;
use tokio::time::timeout;

/// Time limit of a source: a database that hangs must not hide the other metrics.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Load of the database threads and their connections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DatabaseLoad {
    /// Threads, which is the maximum number of connections.
    pub threads: u64,
    /// Work that waits for a thread.
    pub queued: u64,
    /// Work that is being done.
    pub running: u64,
    /// Open connections.
    pub connections: u64,
    /// Open connections that are not in use.
    pub idle_connections: u64,
    /// Work done since the start, whatever its result.
    pub done: u64,
    /// Work refused since the start because too much was queued.
    pub refused: u64,
    /// Work that found no connection since the start.
    pub unavailable: u64,
    /// Connections lost since the start.
    pub lost: u64,
    /// Time that work has waited for a thread since the start.
    pub waited: Duration,
    /// Time that threads have worked since the start.
    pub worked: Duration,
}

/// The sources of the gauges.
#[derive(Clone)]
pub struct Sources {
    /// Load of the database threads.
    pub database: Arc<dyn Fn() -> DatabaseLoad + Send + Sync>,
    /// Counts of stored work.
    pub statistics: Arc<dyn StatisticsQueries>,
    /// Heartbeats of workers.
    pub workers: Arc<dyn WorkerRegistry>,
    /// Head of the audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Counters of the cache.
    pub cache: Arc<dyn Cache>,
    /// Beginning of the newest backup that was verified.
    pub verified_backup: Arc<dyn Fn() -> Option<DateTime<Utc>> + Send + Sync>,
    /// Current time.
    pub clock: Arc<dyn Clock>,
}

/// Values read at one time; `None` for what did not answer.
pub(crate) struct Reading {
    pub(crate) now: DateTime<Utc>,
    pub(crate) database: DatabaseLoad,
    pub(crate) statistics: Option<Statistics>,
    pub(crate) workers: Option<Vec<WorkerActivity>>,
    pub(crate) head: Option<Option<AuditHead>>,
    pub(crate) cache: CacheReport,
    pub(crate) verified_backup: Option<DateTime<Utc>>,
}

impl Sources {
    pub(crate) async fn read(&self) -> Reading {
        let now = self.clock.now();
        let (statistics, workers, head) = tokio::join!(
            within("statistics", self.statistics.statistics(now)),
            within("workers", self.workers.activity()),
            within("audit log", self.audit.head()),
        );
        Reading {
            now,
            database: (self.database)(),
            statistics,
            workers,
            head,
            cache: self.cache.report(),
            verified_backup: (self.verified_backup)(),
        }
    }
}

async fn within<T>(
    source: &str,
    read: impl Future<Output = Result<T, RepositoryError>>,
) -> Option<T> {
    match timeout(TIMEOUT, read).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            tracing::warn!(source, %error, "metrics could not be read");
            None
        }
        Err(_) => {
            tracing::warn!(source, "metrics could not be read in time");
            None
        }
    }
}
