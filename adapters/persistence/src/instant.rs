//! Instants as the databases keep them: in UTC, without a zone.

use chrono::{DateTime, NaiveDateTime, Utc};

/// An instant for a column.
pub(crate) fn stored(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.naive_utc()
}

/// An instant from a column.
pub(crate) fn read(column: NaiveDateTime) -> DateTime<Utc> {
    column.and_utc()
}
