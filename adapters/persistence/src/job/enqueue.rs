//! Adding jobs to the queue.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_domain::shared::{Notification, RepositoryError};

use crate::columns::json::to_json;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::jobs;

/// Enqueues notifications within the transaction of the change that causes them.
pub(crate) fn enqueue_notices(
    conn: &mut AnyConnection,
    notifications: &[Notification],
    due_at: DateTime<Utc>,
) -> Result<(), TxError> {
    for notice in notifications {
        let row = (
            jobs::id.eq(job_id(due_at)?),
            jobs::notice.eq(to_json(notice)?),
            jobs::attempts.eq(0_i64),
            jobs::due_at.eq(Some(timestamp::to_db(due_at))),
        );
        diesel::insert_into(jobs::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// A version 7 UUID. Jobs get their ids here: a change says whom to notify, not under which id.
fn job_id(at: DateTime<Utc>) -> Result<UuidColumn, RepositoryError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)
        .map_err(|error| RepositoryError::Unavailable(error.to_string()))?;
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    Ok(UuidColumn(id))
}
