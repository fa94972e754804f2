//! Queries of the journal.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_application::ports::JournalFilter;
use sojourn_domain::ledger::{JournalEntry, PostingReason};
use sojourn_domain::shared::{Page, PageRequest};
use uuid::Uuid;

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::row::JournalRow;
use crate::query::pagination::{convert_all, fetch_limit, into_page, parse_micros};
use crate::query::statement::{Statement, Value};

/// A page of entries, the newest first, in one statement.
pub(crate) fn list_entries(
    conn: &mut AnyConnection,
    filter: JournalFilter,
    page: &PageRequest,
) -> Result<Page<JournalEntry>, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, filter, page);
    let rows: Vec<JournalRow> = sql.into_query().load(conn)?;
    into_page(rows, page, format_position, |rows| {
        convert_all(rows, JournalRow::into_entry)
    })
}

fn write_statement(sql: &mut Statement, filter: JournalFilter, page: &PageRequest) {
    sql.push("SELECT * FROM journal WHERE TRUE");
    if let Some(booking) = filter.booking {
        sql.and("booking_id = ?", Value::Id(booking.into()));
    }
    if let Some(host) = filter.host {
        sql.and("host_id = ?", Value::Id(host.into()));
    }
    if let Some(currency) = filter.currency {
        sql.and("currency = ?", Value::Text(currency.code().to_owned()));
    }
    if let Some(account) = filter.account {
        // The words of the accounts are the names of their columns.
        sql.push(&format!(" AND {} <> 0", account.as_str()));
    }
    if let Some((at, booking, cause, source)) = page.after.as_deref().and_then(parse_position) {
        let after = sql.values([
            Value::Timestamp(at),
            Value::Id(booking),
            Value::Text(cause.as_str().to_owned()),
            Value::Id(source),
        ]);
        sql.push(&format!(" AND (at, booking_id, cause, source) < ({after})"));
    }
    sql.push(" ORDER BY at DESC, booking_id DESC, cause DESC, source DESC");
    sql.limit(fetch_limit(page));
}

fn format_position(row: &JournalRow) -> String {
    let micros = row.at.and_utc().timestamp_micros();
    format!(
        "{micros}|{}|{}|{}",
        row.booking_id.0, row.cause, row.source.0
    )
}

fn parse_position(
    position: &str,
) -> Option<(NaiveDateTime, UuidColumn, PostingReason, UuidColumn)> {
    let mut parts = position.split('|');
    let at = parse_micros(parts.next()?)?;
    let booking = Uuid::try_parse(parts.next()?).ok()?;
    let cause = parts.next()?.parse::<PostingReason>().ok()?;
    let source = Uuid::try_parse(parts.next()?).ok()?;
    Some((at, UuidColumn(booking), cause, UuidColumn(source)))
}
