//! The audit log in pages, the newest first.

use chrono::{DateTime, NaiveDateTime};
use diesel::prelude::*;
use sojourn_application::ports::{AuditFilter, AuditLine};
use sojourn_domain::shared::{Page, PageRequest};

use super::page::{cut, wanted};
use super::sql::{Sql, Value};
use crate::audit_row::AuditRow;
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::instant::stored;
use crate::uuid_column::UuidColumn;

/// A page of the lines that fit, in one statement.
pub(crate) fn audit_lines(
    conn: &mut AnyConnection,
    filter: AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditLine>, TxError> {
    let rows: Vec<AuditRow> = statement(filter, page).into_query(conn).load(conn)?;
    cut(rows, page, position, |rows| {
        Ok(rows
            .into_iter()
            .map(AuditRow::line)
            .collect::<Result<_, _>>()?)
    })
}

fn statement(filter: AuditFilter, page: &PageRequest) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT * FROM audit_log WHERE TRUE");
    if let Some(actor) = filter.actor {
        sql.and("actor_id = ?", Value::Id(actor.into()));
    }
    if let Some((kind, id)) = filter
        .subject
        .map(sojourn_domain::shared::AuditSubject::parts)
    {
        sql.and("subject_id = ?", Value::Id(UuidColumn(id)));
        sql.and("subject_kind = ?", Value::Text(kind.to_owned()));
    }
    if let Some(action) = filter.action {
        sql.and("action = ?", Value::Text(action.as_str().to_owned()));
    }
    if let Some(from) = filter.from {
        sql.and("at >= ?", Value::Instant(stored(from)));
    }
    if let Some((at, number)) = page.after.as_deref().and_then(read) {
        let places = [Value::Instant(at), Value::Long(number)]
            .map(|value| sql.value(value))
            .join(", ");
        sql.push(&format!(" AND (at, number) < ({places})"));
    }
    let limit = sql.value(Value::Long(wanted(page)));
    sql.push(&format!(" ORDER BY at DESC, number DESC LIMIT {limit}"));
    sql
}

fn position(row: &AuditRow) -> String {
    format!("{}|{}", row.at.and_utc().timestamp_micros(), row.number)
}

fn read(position: &str) -> Option<(NaiveDateTime, i64)> {
    let (micros, number) = position.split_once('|')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    Some((at.naive_utc(), number.parse().ok()?))
}
