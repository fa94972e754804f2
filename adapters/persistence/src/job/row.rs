//! Jobs as rows.

use diesel::prelude::*;
use sojourn_application::ports::Job;
use sojourn_domain::shared::RepositoryError;

use crate::columns::uuid::UuidColumn;

/// A due job.
#[derive(Queryable)]
pub(crate) struct DueJobRow {
    pub(crate) id: UuidColumn,
    notice: String,
    attempts: i64,
}

impl TryFrom<DueJobRow> for Job {
    type Error = RepositoryError;

    fn try_from(row: DueJobRow) -> Result<Self, RepositoryError> {
        let unreadable = |error: &dyn std::fmt::Display| {
            RepositoryError::Internal(format!("job {}: {error}", row.id.0))
        };
        Ok(Self {
            id: row.id.into(),
            notice: serde_json::from_str(&row.notice).map_err(|error| unreadable(&error))?,
            attempts: u32::try_from(row.attempts).map_err(|error| unreadable(&error))?,
        })
    }
}
