//! Background work as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::jobs::JobView;
use sojourn_application::ports::{JobKind, JobStatus};
use sojourn_domain::shared::JobId;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A queued job, or failed work that was put off or set aside.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BackgroundJob)]
pub struct JobDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: JobId,
    /// Its kind.
    #[schema(value_type = JobKindSchema)]
    pub kind: &'static str,
    /// `waiting`: due now or later; `running`: leased to a worker; `set_aside`: not tried again by itself.
    #[schema(value_type = JobStatusSchema)]
    pub status: &'static str,
    /// Its content by name, such as `booking_id` or `notification`. E-mail addresses are masked.
    pub payload: BTreeMap<&'static str, String>,
    /// Number of attempts so far, including a running one.
    pub attempts: u32,
    /// Time of its creation (UTC).
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub created_at: Option<DateTime<Utc>>,
    /// Time of the next attempt (UTC); null unless it is waiting.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub run_at: Option<DateTime<Utc>>,
    /// Time until which a worker has leased it (UTC); null unless it is running.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub leased_until: Option<DateTime<Utc>>,
    /// Error of the last attempt. E-mail addresses are masked.
    #[schema(required = true)]
    pub last_error: Option<String>,
}

/// A page of background work.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BackgroundJobList)]
pub struct JobList {
    /// Items on this page.
    pub data: Vec<JobDto>,
    /// Cursor of the next page; null on the last page.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<JobView> for JobDto {
    fn from(job: JobView) -> Self {
        Self {
            id: job.id,
            kind: job.kind.as_str(),
            status: job.status.as_str(),
            payload: job.payload,
            attempts: job.attempts,
            created_at: job.created_at,
            run_at: job.run_at,
            leased_until: job.leased_until,
            last_error: job.last_error,
        }
    }
}

/// Schema of [`JobKind`].
#[derive(Debug)]
pub struct JobKindSchema;

impl PartialSchema for JobKindSchema {
    fn schema() -> RefOr<Schema> {
        string_enum(JobKind::ALL.map(JobKind::as_str))
    }
}

impl ToSchema for JobKindSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("JobKind")
    }
}

/// Schema of [`JobStatus`].
#[derive(Debug)]
pub struct JobStatusSchema;

impl PartialSchema for JobStatusSchema {
    fn schema() -> RefOr<Schema> {
        string_enum(JobStatus::ALL.map(JobStatus::as_str))
    }
}

impl ToSchema for JobStatusSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("JobStatus")
    }
}

fn string_enum<const N: usize>(all: [&'static str; N]) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(all))
        .into()
}
