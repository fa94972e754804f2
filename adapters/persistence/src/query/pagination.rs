//! Pages of a list, and positions in it: the sort key and the id of a row.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use sojourn_domain::shared::{Page, PageRequest, RepositoryError};
use uuid::Uuid;

use crate::columns::uuid::UuidColumn;
use crate::engine::errors::TxError;

/// The most rows of a page.
const MAX_LIMIT: u32 = 100;

/// The position of a row of a list ordered by time.
pub(crate) fn format_position(at: NaiveDateTime, id: UuidColumn) -> String {
    format!("{}|{}", at.and_utc().timestamp_micros(), id.0)
}

/// A position of a list ordered by time; none when it was not issued by this server.
pub(crate) fn parse_position(position: &str) -> Option<(NaiveDateTime, UuidColumn)> {
    let (micros, id) = position.split_once('|')?;
    let at = parse_micros(micros)?;
    Some((at, UuidColumn(Uuid::try_parse(id).ok()?)))
}

/// The position of a row of a list ordered by date.
pub(crate) fn format_date_position(date: NaiveDate, id: UuidColumn) -> String {
    format!("{date}|{}", id.0)
}

/// A position of a list ordered by date; none when it was not issued by this server.
pub(crate) fn parse_date_position(position: &str) -> Option<(NaiveDate, UuidColumn)> {
    let (date, id) = position.split_once('|')?;
    Some((date.parse().ok()?, UuidColumn(Uuid::try_parse(id).ok()?)))
}

/// A timestamp from its microseconds since 1970.
pub(crate) fn parse_micros(micros: &str) -> Option<NaiveDateTime> {
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    Some(at.naive_utc())
}

/// Number of rows to fetch: one more than the page has, to see whether there is a next page.
pub(crate) fn fetch_limit(page: &PageRequest) -> i64 {
    i64::from(page.limit.clamp(1, MAX_LIMIT)) + 1
}

/// The page of rows that were fetched with [`fetch_limit`].
pub(crate) fn into_page<R, T>(
    mut rows: Vec<R>,
    page: &PageRequest,
    position: impl Fn(&R) -> String,
    finish: impl FnOnce(Vec<R>) -> Result<Vec<T>, TxError>,
) -> Result<Page<T>, TxError> {
    let limit = page.limit.clamp(1, MAX_LIMIT) as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more {
        rows.last().map(position)
    } else {
        None
    };
    Ok(Page {
        data: finish(rows)?,
        next,
    })
}

/// Converts every row.
pub(crate) fn convert_all<R, T>(
    rows: Vec<R>,
    convert: impl Fn(R) -> Result<T, RepositoryError>,
) -> Result<Vec<T>, TxError> {
    Ok(rows
        .into_iter()
        .map(convert)
        .collect::<Result<_, RepositoryError>>()?)
}
