//! Jobs as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_application::ports::{Job, JobKind};
use sojourn_domain::shared::{BookingRole, RepositoryError};

use crate::columns::uuid::UuidColumn;
use crate::schema::jobs::{job_failures, jobs};

/// A row of `jobs`; fields in the order of the columns.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
pub(crate) struct JobRow {
    pub(crate) id: UuidColumn,
    pub(crate) kind: String,
    pub(crate) notice: String,
    pub(crate) recipient: Option<String>,
    pub(crate) origin_id: Option<UuidColumn>,
    pub(crate) attempts: i64,
    pub(crate) due_at: Option<NaiveDateTime>,
    pub(crate) leased_until: Option<NaiveDateTime>,
    pub(crate) last_error: Option<String>,
}

/// A row of `job_failures`; fields in the order of the columns.
#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = job_failures, treat_none_as_default_value = false)]
pub(crate) struct FailureRow {
    pub(crate) kind: String,
    pub(crate) subject_id: UuidColumn,
    pub(crate) id: UuidColumn,
    pub(crate) attempts: i64,
    pub(crate) next_try_at: Option<NaiveDateTime>,
    pub(crate) last_error: String,
}

impl JobRow {
    /// A mail that is due and was not attempted.
    pub(crate) fn email(id: UuidColumn, notice: String, due_at: NaiveDateTime) -> Self {
        Self {
            id,
            kind: JobKind::Email.as_str().to_owned(),
            notice,
            recipient: None,
            origin_id: None,
            attempts: 0,
            due_at: Some(due_at),
            leased_until: None,
            last_error: None,
        }
    }

    /// The job of a row.
    ///
    /// # Errors
    /// [`RepositoryError::Internal`] if the row cannot be decoded.
    pub(crate) fn to_job(&self) -> Result<Job, RepositoryError> {
        let unreadable = |error: &dyn std::fmt::Display| {
            RepositoryError::Internal(format!("job {}: {error}", self.id.0))
        };
        let recipient = self.recipient.as_deref().map(parse_recipient).transpose();
        Ok(Job {
            id: self.id.into(),
            origin: self.origin_id.unwrap_or(self.id).into(),
            notice: serde_json::from_str(&self.notice).map_err(|error| unreadable(&error))?,
            recipient: recipient.map_err(|word| unreadable(&format!("recipient {word:?}")))?,
            attempts: u32::try_from(self.attempts).map_err(|error| unreadable(&error))?,
        })
    }
}

/// The word of a recipient.
pub(crate) const fn recipient_word(side: BookingRole) -> &'static str {
    match side {
        BookingRole::Host => "host",
        _ => "guest",
    }
}

pub(crate) fn parse_recipient(word: &str) -> Result<BookingRole, &str> {
    match word {
        "guest" => Ok(BookingRole::Guest),
        "host" => Ok(BookingRole::Host),
        _ => Err(word),
    }
}
