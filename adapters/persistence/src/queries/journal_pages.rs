//! The journal in pages, the newest first.

use chrono::{DateTime, NaiveDateTime};
use diesel::prelude::*;
use sojourn_application::ports::JournalFilter;
use sojourn_domain::ledger::{Cause, JournalEntry};
use sojourn_domain::shared::{Page, PageRequest};
use uuid::Uuid;

use super::page::{cut, wanted};
use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::journal_row::JournalRow;
use crate::uuid_column::UuidColumn;

/// A page of the entries that fit, in one statement.
pub(super) fn entries(
    conn: &mut AnyConnection,
    filter: JournalFilter,
    page: &PageRequest,
) -> Result<Page<JournalEntry>, TxError> {
    let rows: Vec<JournalRow> = statement(filter, page).into_query(conn).load(conn)?;
    cut(rows, page, position, |rows| {
        Ok(rows
            .into_iter()
            .map(JournalRow::entry)
            .collect::<Result<_, _>>()?)
    })
}

fn statement(filter: JournalFilter, page: &PageRequest) -> Sql {
    let mut sql = Sql::default();
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
    if let Some(account) = filter.moving {
        // The words for the accounts are the names of their columns.
        sql.push(&format!(" AND {} <> 0", account.as_str()));
    }
    if let Some((at, booking, cause, source)) = page.after.as_deref().and_then(read) {
        let values = [
            Value::Instant(at),
            Value::Id(booking),
            Value::Text(cause.as_str().to_owned()),
            Value::Id(source),
        ];
        let places = values.map(|value| sql.value(value)).join(", ");
        sql.push(&format!(
            " AND (at, booking_id, cause, source) < ({places})"
        ));
    }
    let limit = sql.value(Value::Long(wanted(page)));
    sql.push(&format!(
        " ORDER BY at DESC, booking_id DESC, cause DESC, source DESC LIMIT {limit}"
    ));
    sql
}

fn position(row: &JournalRow) -> String {
    let micros = row.at.and_utc().timestamp_micros();
    format!(
        "{micros}|{}|{}|{}",
        row.booking_id.0, row.cause, row.source.0
    )
}

fn read(position: &str) -> Option<(NaiveDateTime, UuidColumn, Cause, UuidColumn)> {
    let mut parts = position.split('|');
    let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    let booking = Uuid::try_parse(parts.next()?).ok()?;
    let cause = Cause::from_word(parts.next()?)?;
    let source = Uuid::try_parse(parts.next()?).ok()?;
    Some((
        at.naive_utc(),
        UuidColumn(booking),
        cause,
        UuidColumn(source),
    ))
}
