//! Background work for operators: queued jobs and failed work, as one list.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{
    JobAction, JobAdmin, JobChange, JobFilter, JobKind, JobPayload, JobRecord, JobStatus, Outcome,
    OutcomeKind,
};
use sojourn_domain::shared::{CommitError, JobId, Page, PageRequest, RepositoryError};
use uuid::Uuid;

use crate::audit::append::record;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::job::row::{FailureRow, JobRow};
use crate::query::pagination::{fetch_limit, into_page};
use crate::schema::jobs::{job_failures, jobs};

#[async_trait]
impl JobAdmin for Database {
    async fn page(
        &self,
        filter: JobFilter,
        page: PageRequest,
        now: DateTime<Utc>,
    ) -> Result<Page<JobRecord>, RepositoryError> {
        let now = timestamp::to_db(now);
        self.read_consistently(move |conn| {
            let after = page
                .after
                .as_deref()
                .and_then(|id| Uuid::try_parse(id).ok());
            let after = after.map(UuidColumn);
            let limit = fetch_limit(&page);
            let mut all: Vec<JobRecord> = queued(conn, filter, after, limit, now)?;
            all.extend(failed(conn, filter, after, limit)?);
            all.sort_by_key(|job| std::cmp::Reverse(job.id));
            all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            into_page(all, &page, |job| job.id.to_string(), Ok)
        })
        .await
    }

    async fn get(&self, id: JobId) -> Result<Option<JobRecord>, RepositoryError> {
        let id = UuidColumn::from(id);
        self.read(move |conn| {
            let job: Option<JobRow> = jobs::table.find(id).first(conn).optional()?;
            if let Some(job) = job.as_ref().and_then(JobRow::to_record) {
                return Ok(Some(job));
            }
            let failure: Option<FailureRow> = job_failures::table
                .filter(job_failures::id.eq(id))
                .first(conn)
                .optional()?;
            Ok(failure.as_ref().and_then(FailureRow::to_record))
        })
        .await
    }

    async fn commit(&self, change: JobChange) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::Job, change.job.id.uuid());
        self.commit_outcome(outcome, move |conn| {
            if store(conn, &change)? == 0 {
                return Err(Refusal::Stale.into());
            }
            record(conn, &change.audit)
        })
        .await
    }
}

fn queued(
    conn: &mut AnyConnection,
    filter: JobFilter,
    after: Option<UuidColumn>,
    limit: i64,
    now: NaiveDateTime,
) -> Result<Vec<JobRecord>, TxError> {
    let mut query = jobs::table.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(jobs::kind.eq(kind.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(jobs::id.lt(after));
    }
    query = match filter.status {
        None => query,
        Some(JobStatus::SetAside) => query.filter(jobs::due_at.is_null()),
        Some(JobStatus::Running) => query
            .filter(jobs::due_at.is_not_null())
            .filter(jobs::leased_until.gt(now)),
        Some(JobStatus::Waiting) => query
            .filter(jobs::due_at.is_not_null())
            .filter(jobs::leased_until.is_null().or(jobs::leased_until.le(now))),
    };
    let rows: Vec<JobRow> = query.order(jobs::id.desc()).limit(limit).load(conn)?;
    Ok(rows.iter().filter_map(JobRow::to_record).collect())
}

fn failed(
    conn: &mut AnyConnection,
    filter: JobFilter,
    after: Option<UuidColumn>,
    limit: i64,
) -> Result<Vec<JobRecord>, TxError> {
    let mut query = job_failures::table.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(job_failures::kind.eq(kind.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(job_failures::id.lt(after));
    }
    query = match filter.status {
        None => query,
        Some(JobStatus::SetAside) => query.filter(job_failures::next_try_at.is_null()),
        Some(JobStatus::Waiting) => query.filter(job_failures::next_try_at.is_not_null()),
        Some(JobStatus::Running) => return Ok(Vec::new()),
    };
    let query = query.order(job_failures::id.desc()).limit(limit);
    let rows: Vec<FailureRow> = query.load(conn)?;
    Ok(rows.iter().filter_map(FailureRow::to_record).collect())
}

/// Stores a decision unless the work was attempted or leased since it was loaded; returns the
/// number of changed rows.
fn store(conn: &mut AnyConnection, change: &JobChange) -> Result<usize, TxError> {
    let (id, at) = (UuidColumn::from(change.job.id), timestamp::to_db(change.at));
    let attempts = i64::from(change.job.attempts);
    if let JobPayload::Subject(_) = change.job.payload {
        let unchanged = job_failures::table
            .filter(job_failures::id.eq(id))
            .filter(job_failures::attempts.eq(attempts));
        return Ok(match change.action {
            JobAction::Retry => diesel::update(unchanged)
                .set((
                    job_failures::attempts.eq(0_i64),
                    job_failures::next_try_at.eq(Some(at)),
                ))
                .execute(conn)?,
            JobAction::Discard => diesel::delete(unchanged).execute(conn)?,
        });
    }
    let unchanged = jobs::table
        .find(id)
        .filter(jobs::attempts.eq(attempts))
        .filter(
            jobs::leased_until
                .is_null()
                .or(jobs::leased_until.le(at))
                .or(jobs::due_at.is_null()),
        );
    Ok(match change.action {
        JobAction::Retry => diesel::update(unchanged)
            .set((
                jobs::attempts.eq(0_i64),
                jobs::due_at.eq(Some(at)),
                jobs::leased_until.eq(None::<NaiveDateTime>),
            ))
            .execute(conn)?,
        JobAction::Discard => diesel::delete(unchanged).execute(conn)?,
    })
}

impl JobRow {
    /// The job for operators; `None` if a later version enqueued it with a kind of its own.
    fn to_record(&self) -> Option<JobRecord> {
        let payload = match self.to_job() {
            Ok(job) => JobPayload::Mail {
                notice: job.notice,
                recipient: job.recipient,
            },
            Err(_) => JobPayload::Unreadable,
        };
        Some(JobRecord {
            id: self.id.into(),
            kind: JobKind::parse(&self.kind)?,
            payload,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            run_at: self.due_at.map(timestamp::from_db),
            leased_until: self.leased_until.map(timestamp::from_db),
            last_error: self.last_error.clone(),
        })
    }
}

impl FailureRow {
    /// The failed work for operators; `None` if a later version recorded it with a kind of its own.
    fn to_record(&self) -> Option<JobRecord> {
        Some(JobRecord {
            id: self.id.into(),
            kind: JobKind::parse(&self.kind)?,
            payload: JobPayload::Subject(self.subject_id.0),
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            run_at: self.next_try_at.map(timestamp::from_db),
            leased_until: None,
            last_error: Some(self.last_error.clone()),
        })
    }
}
