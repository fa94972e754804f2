//! The queue of jobs.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Job, JobQueue};
use sojourn_domain::shared::{JobId, Notice, StoreError};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::stored;
use crate::schema::accounts::jobs;
use crate::uuid_column::UuidColumn;

/// How long a job belongs to who took it.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// How much of an error is kept, in characters.
const ERROR_LENGTH: usize = 1000;

/// Queues notices within the transaction of the change that asks for them.
pub(crate) fn insert_notices(
    connection: &mut AnyConnection,
    notices: &[Notice],
    due_at: DateTime<Utc>,
) -> Result<(), TxError> {
    for notice in notices {
        let text = serde_json::to_string(notice)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let row = (
            jobs::id.eq(job_id(due_at)?),
            jobs::notice.eq(text),
            jobs::attempts.eq(0_i64),
            jobs::due_at.eq(Some(stored(due_at))),
        );
        diesel::insert_into(jobs::table)
            .values(row)
            .execute(connection)?;
    }
    Ok(())
}

/// A version 7 UUID. Jobs get theirs here: a change says whom to tell, not under which number that is filed.
fn job_id(at: DateTime<Utc>) -> Result<UuidColumn, StoreError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Ok(UuidColumn(
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid(),
    ))
}

#[derive(Queryable)]
struct DueRow {
    id: UuidColumn,
    notice: String,
    attempts: i64,
}

impl TryFrom<DueRow> for Job {
    type Error = StoreError;

    fn try_from(row: DueRow) -> Result<Self, StoreError> {
        let unreadable = |error: &dyn std::fmt::Display| {
            StoreError::Corrupt(format!("job {}: {error}", row.id.0))
        };
        Ok(Self {
            id: row.id.into(),
            notice: serde_json::from_str(&row.notice).map_err(|error| unreadable(&error))?,
            attempts: u32::try_from(row.attempts).map_err(|error| unreadable(&error))?,
        })
    }
}

/// Reads due jobs; on PostgreSQL locks them too, passing over those that another taker has locked.
fn lock_due(
    connection: &mut AnyConnection,
    now: NaiveDateTime,
    limit: i64,
) -> QueryResult<Vec<DueRow>> {
    let due = jobs::table
        .filter(jobs::due_at.le(now))
        .order((jobs::due_at, jobs::id))
        .select((jobs::id, jobs::notice, jobs::attempts))
        .limit(limit);
    match connection {
        AnyConnection::Postgres(inner) => due.for_update().skip_locked().load(inner),
        AnyConnection::Sqlite(inner) => due.load(inner),
    }
}

fn take_due(
    connection: &mut AnyConnection,
    now: NaiveDateTime,
    limit: i64,
) -> Result<Vec<Job>, TxError> {
    let mut taken = Vec::new();
    for row in lock_due(connection, now, limit)? {
        let this = diesel::update(jobs::table.find(row.id));
        match Job::try_from(row) {
            Ok(job) => {
                this.set((
                    jobs::due_at.eq(Some(now + LEASE)),
                    jobs::attempts.eq(jobs::attempts + 1),
                ))
                .execute(connection)?;
                taken.push(job);
            }
            Err(error) => {
                // Set aside, or it would keep all others from being done.
                tracing::error!(%error, "a job cannot be read");
                this.set((
                    jobs::due_at.eq(None::<NaiveDateTime>),
                    jobs::last_error.eq(Some(error.to_string())),
                ))
                .execute(connection)?;
            }
        }
    }
    Ok(taken)
}

#[async_trait]
impl JobQueue for Database {
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, StoreError> {
        let now = stored(now);
        // Most of the time there is nothing to do, and no lock is needed to see that.
        let first: Option<UuidColumn> = self
            .read(move |connection| {
                let due = jobs::table
                    .filter(jobs::due_at.le(now))
                    .select(jobs::id)
                    .order(jobs::due_at);
                Ok(due.first(connection).optional()?)
            })
            .await?;
        if first.is_none() {
            return Ok(Vec::new());
        }
        self.write(move |connection| take_due(connection, now, limit.into()))
            .await
    }

    async fn done(&self, id: JobId) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::delete(jobs::table.find(UuidColumn::from(id))).execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn failed(
        &self,
        id: JobId,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        // PostgreSQL keeps no NUL in text.
        let error: String = error
            .chars()
            .filter(|c| *c != '\0')
            .take(ERROR_LENGTH)
            .collect();
        self.write(move |connection| {
            let outcome = (
                jobs::due_at.eq(retry_at.map(stored)),
                jobs::last_error.eq(Some(&error)),
            );
            diesel::update(jobs::table.find(UuidColumn::from(id)))
                .set(outcome)
                .execute(connection)?;
            Ok(())
        })
        .await
    }
}
