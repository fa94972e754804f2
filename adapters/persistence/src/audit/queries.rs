//! Queries of the audit log.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_application::ports::{AuditFilter, AuditLine};
use sojourn_domain::shared::{AuditSubject, Page, PageRequest};

use super::row::AuditRow;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::pagination::{convert_all, fetch_limit, into_page, parse_micros};
use crate::query::statement::{Statement, Value};

/// A page of lines, the newest first, in one statement.
pub(crate) fn list_lines(
    conn: &mut AnyConnection,
    filter: AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditLine>, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, filter, page);
    let rows: Vec<AuditRow> = sql.into_query().load(conn)?;
    into_page(rows, page, format_position, |rows| {
        convert_all(rows, AuditRow::into_line)
    })
}

fn write_statement(sql: &mut Statement, filter: AuditFilter, page: &PageRequest) {
    sql.push("SELECT * FROM audit_log WHERE TRUE");
    if let Some(actor) = filter.actor {
        sql.and("actor_id = ?", Value::Id(actor.into()));
    }
    if let Some((kind, id)) = filter.subject.map(AuditSubject::parts) {
        sql.and("subject_id = ?", Value::Id(UuidColumn(id)));
        sql.and("subject_kind = ?", Value::Text(kind.to_owned()));
    }
    if let Some(action) = filter.action {
        sql.and("action = ?", Value::Text(action.as_str().to_owned()));
    }
    if let Some(from) = filter.from {
        sql.and("at >= ?", Value::Timestamp(timestamp::to_db(from)));
    }
    if let Some((at, number)) = page.after.as_deref().and_then(parse_position) {
        let after = sql.values([Value::Timestamp(at), Value::Long(number)]);
        sql.push(&format!(" AND (at, number) < ({after})"));
    }
    sql.push(" ORDER BY at DESC, number DESC");
    sql.limit(fetch_limit(page));
}

fn format_position(row: &AuditRow) -> String {
    format!("{}|{}", row.at.and_utc().timestamp_micros(), row.number)
}

fn parse_position(position: &str) -> Option<(NaiveDateTime, i64)> {
    let (micros, number) = position.split_once('|')?;
    Some((parse_micros(micros)?, number.parse().ok()?))
}
