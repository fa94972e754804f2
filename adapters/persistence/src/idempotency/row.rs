//! Idempotency keys as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, StoredResponse};
use sojourn_domain::shared::RepositoryError;

use crate::columns::json::from_json;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::corrupt;
use crate::schema::accounts::idempotency_keys;

/// A row of `idempotency_keys`, without its key.
#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
pub(crate) struct KeyRow {
    pub(crate) fingerprint: String,
    pub(crate) claimed_at: NaiveDateTime,
    pub(crate) attempt: UuidColumn,
    leased_until: Option<NaiveDateTime>,
    outcome: Option<String>,
    status: Option<i32>,
    headers: Option<String>,
    body: Option<Vec<u8>>,
}

impl KeyRow {
    /// True while an attempt may be running.
    pub(crate) fn is_leased(&self, now: NaiveDateTime) -> bool {
        self.leased_until.is_some_and(|end| now < end)
    }

    /// The outcome, if an attempt has committed its work.
    pub(crate) fn outcome(&self) -> Result<Option<Outcome>, RepositoryError> {
        self.outcome.as_deref().map(from_json).transpose()
    }

    /// The stored response; none while the request is in progress.
    pub(crate) fn into_response(self) -> Result<Option<StoredResponse>, RepositoryError> {
        let (Some(status), Some(headers), Some(body)) = (self.status, self.headers, self.body)
        else {
            return Ok(None);
        };
        Ok(Some(StoredResponse {
            status: u16::try_from(status).map_err(corrupt)?,
            headers: from_json(&headers)?,
            body,
        }))
    }
}
