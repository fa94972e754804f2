//! Leasing due jobs.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sojourn_application::ports::{Job, JobKind};
use sojourn_domain::shared::RepositoryError;

use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::load_skip_locked;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::job::enqueue::split;
use crate::job::row::JobRow;
use crate::schema::jobs::jobs;

/// The time for which a job is leased to the worker that took it.
pub(crate) const LEASE: TimeDelta = TimeDelta::minutes(1);

/// Leases due jobs, and passes over those that another worker is taking at this moment. Returns
/// also the number of rows that were due.
pub(crate) fn lease_due(
    conn: &mut AnyConnection,
    now: NaiveDateTime,
    limit: i64,
) -> Result<(Vec<Job>, usize), TxError> {
    let due = jobs::table
        .filter(jobs::kind.eq(JobKind::Email.as_str()))
        .filter(jobs::due_at.le(now))
        .order((jobs::due_at, jobs::id))
        .select(jobs::all_columns)
        .limit(limit);
    let rows: Vec<JobRow> = load_skip_locked!(conn, due)?;
    let found = rows.len();
    let mut leased = Vec::new();
    for row in rows {
        match row.to_job() {
            Ok(job) => leased.push(lease(conn, row, job, now)?),
            Err(error) => {
                tracing::error!(%error, "a job cannot be read and is set aside");
                set_aside(conn, row.id, &error)?;
            }
        }
    }
    Ok((leased, found))
}

/// Leases a job. A job for both sides of a booking, as earlier versions enqueued it, is leased for
/// the guest, and the host gets a job of its own.
fn lease(
    conn: &mut AnyConnection,
    mut row: JobRow,
    job: Job,
    now: NaiveDateTime,
) -> Result<Job, TxError> {
    let mut leased = job;
    if leased.notice.is_for_both_sides() && leased.recipient.is_none() {
        let second = split(&mut row, now)?;
        diesel::insert_into(jobs::table)
            .values(&second)
            .execute(conn)?;
        leased.recipient = row.to_job()?.recipient;
    }
    diesel::update(jobs::table.find(row.id))
        .set((
            jobs::due_at.eq(Some(now + LEASE)),
            jobs::leased_until.eq(Some(now + LEASE)),
            jobs::recipient.eq(&row.recipient),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .execute(conn)?;
    Ok(leased)
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
