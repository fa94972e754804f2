//! Adding jobs to the queue.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::JobKind;
use sojourn_domain::shared::{BookingRole, Notification, RepositoryError};

use crate::columns::json::to_json;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::job::row::{JobRow, recipient_word};
use crate::schema::jobs::jobs;

/// Enqueues notifications within the transaction of the change that causes them, one job for each
/// recipient.
pub(crate) fn enqueue_notices(
    conn: &mut AnyConnection,
    notifications: &[Notification],
    due_at: DateTime<Utc>,
) -> Result<(), TxError> {
    let mut rows = Vec::new();
    for notice in notifications {
        let due = timestamp::to_db(due_at);
        let mut row = JobRow::email(job_id(due)?, to_json(notice)?, due);
        if notice.is_for_both_sides() {
            rows.push(split(&mut row, due)?);
        }
        rows.push(row);
    }
    if !rows.is_empty() {
        insert_rows!(conn, jobs::table, &rows)?;
    }
    Ok(())
}

/// Removes mails that are put off beyond an instant, as new ones tell the same and more.
pub(crate) fn replace_deferred(
    conn: &mut AnyConnection,
    notifications: &[Notification],
    now: DateTime<Utc>,
) -> Result<(), TxError> {
    for notice in notifications {
        let deferred = jobs::table
            .filter(jobs::kind.eq(JobKind::Email.as_str()))
            .filter(jobs::due_at.gt(timestamp::to_db(now)))
            .filter(jobs::leased_until.is_null())
            .filter(jobs::notice.eq(to_json(notice)?));
        diesel::delete(deferred).execute(conn)?;
    }
    Ok(())
}

/// Turns a job for both sides of a booking into that of the guest, and returns that of the host.
pub(crate) fn split(row: &mut JobRow, now: NaiveDateTime) -> Result<JobRow, RepositoryError> {
    row.recipient = Some(recipient_word(BookingRole::Guest).to_owned());
    Ok(JobRow {
        id: job_id(now)?,
        recipient: Some(recipient_word(BookingRole::Host).to_owned()),
        origin_id: Some(row.id),
        ..row.clone()
    })
}

/// A version 7 UUID. Jobs get their ids here: a change says whom to notify, not under which id.
pub(crate) fn job_id(at: NaiveDateTime) -> Result<UuidColumn, RepositoryError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)
        .map_err(|error| RepositoryError::Unavailable(error.to_string()))?;
    let millis = u64::try_from(at.and_utc().timestamp_millis()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    Ok(UuidColumn(id))
}
