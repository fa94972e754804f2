//! Work that follows from stored data instead of a queue, such as a hold that ends.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use crate::ports::jobs::backoff::Backoff;
use crate::ports::jobs::kind::JobKind;

/// Age from which a gateway call without an outcome is due again: until then, the request that
/// decided it may still be waiting for the answer.
pub const ANSWER_TIMEOUT: TimeDelta = TimeDelta::seconds(10);

/// Delay of the first retry of a refund that the gateway refused.
pub const REFUND_RETRY_DELAY: TimeDelta = TimeDelta::minutes(1);

/// A booking, payment or review with due work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueSubject {
    /// Id of the subject; [`JobKind`] says of which kind.
    pub id: Uuid,
    /// Number of failed attempts so far.
    pub failures: u32,
}

/// Lists of due work, without the subjects whose failed work was put off or set aside.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait DueWork: Send + Sync {
    /// Subjects with due work of a kind, longest overdue first. Ids alone are read, so that a
    /// subject that cannot be decoded does not hide the others. Empty for kinds with a queue.
    async fn due(
        &self,
        kind: JobKind,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DueSubject>, RepositoryError>;

    /// Records a failed attempt. The subject is due again after the backoff, or set aside after the
    /// last attempt; returns the timestamp of the next attempt.
    async fn put_off(
        &self,
        kind: JobKind,
        subject: Uuid,
        error: String,
        backoff: Backoff,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, RepositoryError>;

    /// Deletes the recorded failures of a subject, after an attempt that succeeded.
    async fn resolved(&self, kind: JobKind, subject: Uuid) -> Result<(), RepositoryError>;

    /// Deletes the recorded failures of subjects that have no due work any more, and returns their
    /// number.
    async fn forget_resolved(&self, now: DateTime<Utc>) -> Result<usize, RepositoryError>;
}
