//! Background work.

use async_graphql::SimpleObject;
use sojourn_application::jobs::JobView;

use crate::scalars::{Id, Instant, JobKind, JobStatus};

/// A queued job, or failed work that was put off or set aside.
#[derive(SimpleObject)]
pub(crate) struct Job {
    /// Its id.
    id: Id,
    /// Its kind.
    kind: JobKind,
    /// Its status.
    status: JobStatus,
    /// Its content by name. E-mail addresses are masked.
    payload: Vec<JobPayloadItem>,
    /// Number of attempts so far, including a running one.
    attempts: u32,
    /// Time of its creation.
    created_at: Option<Instant>,
    /// Time of the next attempt; null unless it is waiting.
    run_at: Option<Instant>,
    /// Time until which a worker has leased it; null unless it is running.
    leased_until: Option<Instant>,
    /// Error of the last attempt. E-mail addresses are masked.
    last_error: Option<String>,
}

/// A named part of a job's content.
#[derive(SimpleObject)]
pub(crate) struct JobPayloadItem {
    /// Name, such as `booking_id` or `notification`.
    name: &'static str,
    /// Value.
    value: String,
}

impl From<JobView> for Job {
    fn from(job: JobView) -> Self {
        let payload = job.payload.into_iter();
        Self {
            id: job.id.into(),
            kind: job.kind.into(),
            status: job.status.into(),
            payload: payload
                .map(|(name, value)| JobPayloadItem { name, value })
                .collect(),
            attempts: job.attempts,
            created_at: job.created_at.map(Into::into),
            run_at: job.run_at.map(Into::into),
            leased_until: job.leased_until.map(Into::into),
            last_error: job.last_error,
        }
    }
}
