//! Counts of what waits for something.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use sojourn_application::ports::{Backlog, JobKind, Statistics, StatisticsQueries};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::RepositoryError;

use super::due_work::{source, threshold};
use crate::columns::timestamp;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::query::statement::{Statement, Value};

/// The longest time for which nights are held, and for which a host may answer: limits of the terms.
const LONGEST_HOLD: TimeDelta = TimeDelta::days(1);
const LONGEST_REQUEST: TimeDelta = TimeDelta::days(7);

/// Names of the counts that are no kind of work.
const OPEN_CALLS: &str = "open_calls";
const REFUNDS_OWED: &str = "refunds_owed";

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    oldest: Option<NaiveDateTime>,
}

#[async_trait]
impl StatisticsQueries for Database {
    async fn statistics(&self, now: DateTime<Utc>) -> Result<Statistics, RepositoryError> {
        self.read(move |conn| {
            let mut sql = Statement::for_connection(conn);
            write_counts(&mut sql, now);
            let counts: Vec<CountRow> = sql.into_query().load(conn)?;
            Ok(collect(&counts, &put_off(conn, now)?))
        })
        .await
    }
}

/// One row for each count.
fn write_counts(sql: &mut Statement, now: DateTime<Utc>) {
    for kind in JobKind::ALL {
        let Some(source) = source(kind) else { continue };
        let condition = source
            .condition
            .replace('?', &sql.value(threshold(kind, now)));
        let at = sql.value(Value::Timestamp(timestamp::to_db(now)));
        let (table, id, due_at) = (source.table, source.id, source.due_at);
        sql.push(&format!(
            "SELECT '{kind}' AS name, COUNT(*) AS total, MIN(s.{due_at}) AS oldest FROM {table} s \
             WHERE {condition} AND NOT EXISTS (SELECT 1 FROM job_failures f WHERE f.kind = '{kind}' \
             AND f.subject_id = s.{id} AND (f.next_try_at IS NULL OR f.next_try_at > {at})) UNION ALL "
        ));
    }
    let email = JobKind::Email;
    let at = sql.value(Value::Timestamp(timestamp::to_db(now)));
    sql.push(&format!(
        "SELECT '{email}' AS name, COUNT(*) AS total, MIN(due_at) AS oldest FROM jobs \
         WHERE kind = '{email}' AND due_at <= {at} AND (leased_until IS NULL OR leased_until <= {at}) UNION ALL \
         SELECT '{OPEN_CALLS}' AS name, COUNT(*) AS total, MIN(at) AS oldest FROM payment_calls UNION ALL \
         SELECT '{REFUNDS_OWED}' AS name, COUNT(*) AS total, MIN(refund_owed_since) AS oldest FROM payments \
         WHERE refund_owed_since IS NOT NULL"
    ));
    let waiting = [
        (BookingStatus::PendingPayment, LONGEST_HOLD),
        (BookingStatus::AwaitingHost, LONGEST_REQUEST),
    ];
    for (status, longest) in waiting {
        let status = status.as_str();
        let until = sql.value(Value::Timestamp(timestamp::to_db(now + longest)));
        sql.push(&format!(
            " UNION ALL SELECT '{status}' AS name, COUNT(*) AS total, NULL AS oldest FROM bookings \
             WHERE due_at > {at} AND due_at <= {until} AND status = '{status}'"
        ));
    }
}

/// Failed work that is tried again later, by kind.
fn put_off(conn: &mut AnyConnection, now: DateTime<Utc>) -> QueryResult<Vec<CountRow>> {
    let mut sql = Statement::for_connection(conn);
    let at = sql.value(Value::Timestamp(timestamp::to_db(now)));
    sql.push(&format!(
        "SELECT kind AS name, COUNT(*) AS total, NULL AS oldest FROM job_failures \
         WHERE next_try_at > {at} GROUP BY kind UNION ALL \
         SELECT kind AS name, COUNT(*) AS total, NULL AS oldest FROM jobs \
         WHERE due_at > {at} AND attempts > 0 AND (leased_until IS NULL OR leased_until <= {at}) GROUP BY kind"
    ));
    sql.into_query().load(conn)
}

fn collect(counts: &[CountRow], put_off: &[CountRow]) -> Statistics {
    let row = |name: &str| counts.iter().find(|row| row.name == name);
    let total = |name: &str| row(name).map_or(0, CountRow::count);
    let oldest = |name: &str| row(name).and_then(CountRow::since);
    let later = |name: &str| {
        let rows = put_off.iter().filter(|row| row.name == name);
        rows.map(CountRow::count).sum()
    };
    let backlogs = JobKind::ALL.map(|kind| Backlog {
        kind,
        due: total(kind.as_str()),
        oldest_due_at: oldest(kind.as_str()),
        put_off: later(kind.as_str()),
    });
    Statistics {
        backlogs: backlogs.to_vec(),
        open_calls: total(OPEN_CALLS),
        oldest_open_call_at: oldest(OPEN_CALLS),
        refunds_owed: total(REFUNDS_OWED),
        holds: total(BookingStatus::PendingPayment.as_str()),
        open_requests: total(BookingStatus::AwaitingHost.as_str()),
    }
}

impl CountRow {
    fn count(&self) -> u64 {
        u64::try_from(self.total).unwrap_or(0)
    }

    fn since(&self) -> Option<DateTime<Utc>> {
        self.oldest.map(timestamp::from_db)
    }
}
