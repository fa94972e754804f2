//! Due work that follows from bookings, payments and reviews, and its failures.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use sojourn_application::ports::{
    ANSWER_TIMEOUT, Backoff, DueSubject, DueWork, JobKind, REFUND_RETRY_DELAY,
};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use crate::columns::timestamp;
use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::dialect::macros::insert_new_row;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::job::enqueue::job_id;
use crate::job::queue::error_text;
use crate::job::row::FailureRow;
use crate::query::statement::{Statement, Value};
use crate::schema::jobs::job_failures;

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = UuidSql)]
    id: UuidColumn,
    #[diesel(sql_type = BigInt)]
    failures: i64,
}

/// The rows from which work of a kind follows.
pub(super) struct Source {
    pub(super) table: &'static str,
    /// Column with the id of the subject.
    pub(super) id: &'static str,
    /// Column with the time from which the work is due.
    pub(super) due_at: &'static str,
    /// Condition of due rows, with `?` for the current time. Literals, so that partial indexes are used.
    pub(super) condition: &'static str,
}

/// The source of work of a kind; `None` for kinds with a queue of their own.
pub(super) const fn source(kind: JobKind) -> Option<Source> {
    let (table, id, due_at, condition) = match kind {
        JobKind::BookingTimer => ("bookings", "id", "due_at", "s.due_at <= ?"),
        JobKind::GatewayCall => ("payment_calls", "payment_id", "at", "s.at < ?"),
        JobKind::Payout => (
            "payouts",
            "payment_id",
            "due_at",
            "s.status = 'scheduled' AND s.due_at <= ?",
        ),
        JobKind::Refund => (
            "payments",
            "id",
            "refund_owed_since",
            "s.refund_owed_since <= ?",
        ),
        JobKind::Review => (
            "reviews",
            "id",
            "window_ends_at",
            "s.published_at IS NULL AND s.window_ends_at < ?",
        ),
        JobKind::Email | JobKind::CleanUp => return None,
    };
    Some(Source {
        table,
        id,
        due_at,
        condition,
    })
}

/// The time with which rows of a kind are compared: gateway calls are due some time after they were
/// decided, and refunds some time after they were refused.
pub(super) fn threshold(kind: JobKind, now: DateTime<Utc>) -> Value {
    Value::Timestamp(timestamp::to_db(match kind {
        JobKind::GatewayCall => now - ANSWER_TIMEOUT,
        JobKind::Refund => now - REFUND_RETRY_DELAY,
        _ => now,
    }))
}

#[async_trait]
impl DueWork for Database {
    async fn due(
        &self,
        kind: JobKind,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DueSubject>, RepositoryError> {
        let Some(source) = source(kind) else {
            return Ok(Vec::new());
        };
        self.read(move |conn| {
            let mut sql = Statement::for_connection(conn);
            write_due(&mut sql, kind, &source, now, limit);
            let rows: Vec<DueRow> = sql.into_query().load(conn)?;
            Ok(rows.into_iter().map(DueRow::into_subject).collect())
        })
        .await
    }

    async fn put_off(
        &self,
        kind: JobKind,
        subject: Uuid,
        error: String,
        backoff: Backoff,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, RepositoryError> {
        let error = error_text(&error);
        self.write(move |conn| put_off(conn, kind, UuidColumn(subject), &error, backoff, now))
            .await
    }

    async fn resolved(&self, kind: JobKind, subject: Uuid) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            diesel::delete(job_failures::table.find((kind.as_str(), UuidColumn(subject))))
                .execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn forget_resolved(&self, now: DateTime<Utc>) -> Result<usize, RepositoryError> {
        self.write(move |conn| {
            let mut deleted = 0;
            for kind in JobKind::ALL {
                let Some(source) = source(kind) else {
                    continue;
                };
                let mut sql = Statement::for_connection(conn);
                write_forget(&mut sql, kind, &source, now);
                deleted += sql.into_query().execute(conn)?;
            }
            Ok(deleted)
        })
        .await
    }
}

fn write_due(sql: &mut Statement, kind: JobKind, source: &Source, now: DateTime<Utc>, limit: u32) {
    let Source {
        table, id, due_at, ..
    } = source;
    let word = sql.value(Value::Text(kind.as_str().to_owned()));
    let threshold = sql.value(threshold(kind, now));
    let condition = source.condition.replace('?', &threshold);
    let now = sql.value(Value::Timestamp(timestamp::to_db(now)));
    sql.push(&format!(
        "SELECT s.{id} AS id, COALESCE(MAX(f.attempts), 0) AS failures FROM {table} s \
         LEFT JOIN job_failures f ON f.kind = {word} AND f.subject_id = s.{id} \
         WHERE {condition} AND (f.subject_id IS NULL OR f.next_try_at <= {now}) \
         GROUP BY s.{id} ORDER BY MIN(s.{due_at}), s.{id}"
    ));
    sql.limit(limit.into());
}

fn write_forget(sql: &mut Statement, kind: JobKind, source: &Source, now: DateTime<Utc>) {
    let Source { table, id, .. } = source;
    let word = sql.value(Value::Text(kind.as_str().to_owned()));
    let threshold = sql.value(threshold(kind, now));
    let condition = source.condition.replace('?', &threshold);
    sql.push(&format!(
        "DELETE FROM job_failures WHERE kind = {word} AND NOT EXISTS \
         (SELECT 1 FROM {table} s WHERE s.{id} = job_failures.subject_id AND {condition})"
    ));
}

fn put_off(
    conn: &mut AnyConnection,
    kind: JobKind,
    subject: UuidColumn,
    error: &str,
    backoff: Backoff,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, TxError> {
    let this = job_failures::table.find((kind.as_str(), subject));
    let before: Option<i64> = this.select(job_failures::attempts).first(conn).optional()?;
    let attempts = before.unwrap_or(0).saturating_add(1);
    let retry_at = backoff.retry_at(u32::try_from(attempts).unwrap_or(u32::MAX), now);
    let next_try_at = retry_at.map(timestamp::to_db);
    let outcome = (
        job_failures::attempts.eq(attempts),
        job_failures::next_try_at.eq(next_try_at),
        job_failures::last_error.eq(error),
    );
    if diesel::update(this).set(outcome).execute(conn)? == 0 {
        let row = FailureRow {
            kind: kind.as_str().to_owned(),
            subject_id: subject,
            id: job_id(timestamp::to_db(now))?,
            attempts,
            next_try_at,
            last_error: error.to_owned(),
        };
        insert_new_row!(conn, job_failures::table, &row)?;
    }
    Ok(retry_at)
}

impl DueRow {
    fn into_subject(self) -> DueSubject {
        DueSubject {
            id: self.id.0,
            failures: u32::try_from(self.failures).unwrap_or(u32::MAX),
        }
    }
}
