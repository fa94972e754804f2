//! Activity of workers as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::WorkerActivity;
use utoipa::ToSchema;

use crate::job::dto::JobKindSchema;

/// Activity of all workers on one kind of background work.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkerActivity)]
pub struct WorkerActivityDto {
    /// The kind.
    #[schema(value_type = JobKindSchema)]
    pub kind: &'static str,
    /// Number of workers that were seen within the last hour and have not ended.
    pub workers: u32,
    /// Time at which a worker was last seen (UTC), to about ten seconds; null if there is none.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Amount of work that is not tried again by itself; see `GET /v1/admin/jobs?status=set_aside`.
    pub set_aside: u64,
}

impl From<WorkerActivity> for WorkerActivityDto {
    fn from(activity: WorkerActivity) -> Self {
        Self {
            kind: activity.kind.as_str(),
            workers: activity.workers,
            last_seen_at: activity.last_seen_at,
            set_aside: activity.set_aside,
        }
    }
}
