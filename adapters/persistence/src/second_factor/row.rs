//! Second factors as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::shared::RepositoryError;
use sojourn_domain::user::{SecondFactor, SecondFactorRecord};

use crate::columns::json::{from_json, to_json};
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::{corrupt, damaged};
use crate::schema::accounts::second_factors;

/// A row of `second_factors`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = second_factors, primary_key(user_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct SecondFactorRow {
    pub(crate) user_id: UuidColumn,
    sealed_secret: String,
    confirmed_at: Option<NaiveDateTime>,
    last_step: i64,
    recovery: String,
    version: i64,
    wrong_codes: i64,
}

impl SecondFactorRow {
    /// The row of a second factor.
    pub(crate) fn try_from_factor(factor: &SecondFactor) -> Result<Self, RepositoryError> {
        Ok(Self {
            user_id: factor.user_id.into(),
            sealed_secret: factor.sealed_secret.clone(),
            confirmed_at: factor.confirmed_at.map(timestamp::to_db),
            last_step: factor.last_step,
            recovery: to_json(&factor.recovery)?,
            version: factor.version,
            wrong_codes: factor.wrong_codes,
        })
    }

    /// The second factor of a row.
    pub(crate) fn into_factor(self) -> Result<SecondFactor, RepositoryError> {
        let id = self.user_id;
        self.restore()
            .map_err(|error| damaged("second_factors", id.0, error))
    }

    fn restore(self) -> Result<SecondFactor, RepositoryError> {
        SecondFactor::restore(SecondFactorRecord {
            user_id: self.user_id.into(),
            sealed_secret: self.sealed_secret,
            confirmed_at: self.confirmed_at.map(timestamp::from_db),
            last_step: self.last_step,
            recovery: from_json(&self.recovery)?,
            wrong_codes: self.wrong_codes,
            version: self.version,
        })
        .map_err(corrupt)
    }
}
