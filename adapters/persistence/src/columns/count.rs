//! Counts, as 32-bit integers.

use sojourn_domain::shared::RepositoryError;

use crate::engine::errors::corrupt;

/// A count for a column.
pub(crate) fn to_db(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A count from a column.
pub(crate) fn from_db(column: i32) -> Result<u32, RepositoryError> {
    u32::try_from(column).map_err(corrupt)
}
