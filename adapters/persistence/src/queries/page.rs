//! Positions in lists: the sort key and the id of a row.

use chrono::{DateTime, NaiveDateTime};
use sojourn_domain::shared::{Page, PageRequest};
use uuid::Uuid;

use crate::errors::TxError;
use crate::uuid_column::UuidColumn;

/// The position of a row of a list by time.
pub(super) fn position(at: NaiveDateTime, id: UuidColumn) -> String {
    format!("{}|{}", at.and_utc().timestamp_micros(), id.0)
}

/// A position of a list by time; none when it is not one of ours.
pub(super) fn read(position: &str) -> Option<(NaiveDateTime, UuidColumn)> {
    let (micros, id) = position.split_once('|')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    Some((at.naive_utc(), UuidColumn(Uuid::try_parse(id).ok()?)))
}

/// How many rows to ask for: one more than the page has, to see whether there is a next.
pub(super) fn wanted(page: &PageRequest) -> i64 {
    i64::from(page.limit.clamp(1, 100)) + 1
}

/// The page of rows of which one more was asked for.
pub(super) fn cut<R, T>(
    mut rows: Vec<R>,
    page: &PageRequest,
    position: impl Fn(&R) -> String,
    finish: impl FnOnce(Vec<R>) -> Result<Vec<T>, TxError>,
) -> Result<Page<T>, TxError> {
    let limit = page.limit.clamp(1, 100) as usize;
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
