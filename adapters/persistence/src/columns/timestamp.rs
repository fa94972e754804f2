//! Timestamps, in UTC and without a zone.

use chrono::{DateTime, NaiveDateTime, Utc};

/// A timestamp for a column.
pub(crate) fn to_db(timestamp: DateTime<Utc>) -> NaiveDateTime {
    timestamp.naive_utc()
}

/// A timestamp from a column.
pub(crate) fn from_db(column: NaiveDateTime) -> DateTime<Utc> {
    column.and_utc()
}
