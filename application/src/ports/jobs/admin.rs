//! Background work as operators see and control it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    AuditEntry, BookingRole, CommitError, JobId, Notification, Page, PageRequest, RepositoryError,
};
use uuid::Uuid;

use crate::ports::jobs::kind::JobKind;

/// Status of background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// Due now or later.
    Waiting,
    /// Leased to a worker.
    Running,
    /// Not tried again: it cannot be decoded, or its last attempt failed.
    SetAside,
}

impl JobStatus {
    /// All statuses.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Running, Self::SetAside];

    /// The displayed word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::SetAside => "set_aside",
        }
    }

    /// The status of a word, if there is one.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Filter of a list of background work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Only this kind.
    pub kind: Option<JobKind>,
    /// Only this status.
    pub status: Option<JobStatus>,
}

/// Content of background work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobPayload {
    /// A mail.
    Mail {
        /// The notification.
        notice: Notification,
        /// The side of the booking that it is for, if it concerns both.
        recipient: Option<BookingRole>,
    },
    /// Failed work on a booking, payment or review; [`JobKind`] says on which.
    Subject(Uuid),
    /// Content that this version cannot decode.
    Unreadable,
}

/// Queued or failed background work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: JobKind,
    /// Its content.
    pub payload: JobPayload,
    /// Number of attempts so far, including a running one.
    pub attempts: u32,
    /// Timestamp of the next attempt (UTC); `None` if it was set aside.
    pub run_at: Option<DateTime<Utc>>,
    /// End of the lease (UTC), if a worker has leased it.
    pub leased_until: Option<DateTime<Utc>>,
    /// Error of the last attempt.
    pub last_error: Option<String>,
}

impl JobRecord {
    /// The status at an instant.
    #[must_use]
    pub fn status(&self, now: DateTime<Utc>) -> JobStatus {
        match (self.run_at, self.leased_until) {
            (None, _) => JobStatus::SetAside,
            (Some(_), Some(until)) if until > now => JobStatus::Running,
            (Some(_), _) => JobStatus::Waiting,
        }
    }
}

/// Effect of an operator's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobAction {
    /// Due now, with all attempts again.
    Retry,
    /// Deleted.
    Discard,
}

/// An operator's decision about background work, stored with its audit entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobChange {
    /// The work as it was loaded.
    pub job: JobRecord,
    /// The effect.
    pub action: JobAction,
    /// Timestamp of the decision (UTC).
    pub at: DateTime<Utc>,
    /// Audit entry to record.
    pub audit: AuditEntry,
}

/// Lists of background work, and decisions about it.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait JobAdmin: Send + Sync {
    /// A page of queued jobs and failed work, newest first.
    async fn page(
        &self,
        filter: JobFilter,
        page: PageRequest,
        now: DateTime<Utc>,
    ) -> Result<Page<JobRecord>, RepositoryError>;

    /// The work with this id.
    async fn get(&self, id: JobId) -> Result<Option<JobRecord>, RepositoryError>;

    /// Stores a decision. Fails with [`CommitError::Stale`] if the work was attempted, leased or
    /// deleted since it was loaded.
    async fn commit(&self, change: JobChange) -> Result<(), CommitError>;
}
