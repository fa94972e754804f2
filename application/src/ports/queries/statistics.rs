//! Counts of what waits for something, for monitoring.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::RepositoryError;

use crate::ports::JobKind;

/// Background work of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// The kind.
    pub kind: JobKind,
    /// Work that is due and not running.
    pub due: u64,
    /// Timestamp from which the oldest due work has been due (UTC).
    pub oldest_due_at: Option<DateTime<Utc>>,
    /// Failed work that is tried again later.
    pub put_off: u64,
}

/// Counts at one instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// One item for each kind of background work.
    pub backlogs: Vec<Backlog>,
    /// Gateway calls without an outcome.
    pub open_calls: u64,
    /// Timestamp of the oldest of them (UTC).
    pub oldest_open_call_at: Option<DateTime<Utc>>,
    /// Payments with a refund that is still owed.
    pub refunds_owed: u64,
    /// Bookings whose nights are held until payment.
    pub holds: u64,
    /// Paid booking requests that wait for the host.
    pub open_requests: u64,
}

/// Counts for monitoring. The work depends on what waits, not on what is stored.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait StatisticsQueries: Send + Sync {
    /// The counts at an instant.
    async fn statistics(&self, now: DateTime<Utc>) -> Result<Statistics, RepositoryError>;
}
