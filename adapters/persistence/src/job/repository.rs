//! The queue of jobs.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Job, JobQueue};
use sojourn_domain::shared::{JobId, RepositoryError};

use super::row::DueJobRow;
use crate::columns::uuid::UuidColumn;
use crate::columns::{text, timestamp};
use crate::dialect::macros::load_skip_locked;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::schema::accounts::jobs;

/// The time for which a job is leased to the worker that took it.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// The length to which the text of an error is cut, in characters.
const MAX_ERROR_LENGTH: usize = 1000;

#[async_trait]
impl JobQueue for Database {
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, RepositoryError> {
        let now = timestamp::to_db(now);
        // Most of the time no job is due, and no lock is needed to see that.
        let first: Option<UuidColumn> = self
            .read(move |conn| {
                let due = jobs::table
                    .filter(jobs::due_at.le(now))
                    .select(jobs::id)
                    .order(jobs::due_at);
                Ok(due.first(conn).optional()?)
            })
            .await?;
        if first.is_none() {
            return Ok(Vec::new());
        }
        self.write(move |conn| lease_due(conn, now, limit.into()))
            .await
    }

    async fn done(&self, id: JobId) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            diesel::delete(jobs::table.find(UuidColumn::from(id))).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn failed(
        &self,
        id: JobId,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), RepositoryError> {
        let error: String = text::to_db(&error).chars().take(MAX_ERROR_LENGTH).collect();
        self.write(move |conn| {
            let outcome = (
                jobs::due_at.eq(retry_at.map(timestamp::to_db)),
                jobs::last_error.eq(Some(&error)),
            );
            diesel::update(jobs::table.find(UuidColumn::from(id)))
                .set(outcome)
                .execute(conn)?;
            Ok(())
        })
        .await
    }
}

/// Takes due jobs, and passes over those that another worker is taking at this moment.
fn lease_due(
    conn: &mut AnyConnection,
    now: NaiveDateTime,
    limit: i64,
) -> Result<Vec<Job>, TxError> {
    let due = jobs::table
        .filter(jobs::due_at.le(now))
        .order((jobs::due_at, jobs::id))
        .select((jobs::id, jobs::notice, jobs::attempts))
        .limit(limit);
    let rows: Vec<DueJobRow> = load_skip_locked!(conn, due)?;
    let mut leased = Vec::new();
    for row in rows {
        let id = row.id;
        match Job::try_from(row) {
            Ok(job) => {
                lease(conn, id, now + LEASE)?;
                leased.push(job);
            }
            Err(error) => {
                tracing::error!(%error, "a job cannot be read and is set aside");
                set_aside(conn, id, &error)?;
            }
        }
    }
    Ok(leased)
}

fn lease(conn: &mut AnyConnection, id: UuidColumn, until: NaiveDateTime) -> Result<(), TxError> {
    diesel::update(jobs::table.find(id))
        .set((
            jobs::due_at.eq(Some(until)),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a job off the queue that would hold up the jobs behind it.
fn set_aside(
    conn: &mut AnyConnection,
    id: UuidColumn,
    error: &RepositoryError,
) -> Result<(), TxError> {
    diesel::update(jobs::table.find(id))
        .set((
            jobs::due_at.eq(None::<NaiveDateTime>),
            jobs::last_error.eq(Some(error.to_string())),
        ))
        .execute(conn)?;
    Ok(())
}
