//! Second factors.

use async_trait::async_trait;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::shared::{CommitError, StoreError, UserId};
use sojourn_domain::user::{
    SecondFactor, SecondFactorChange, SecondFactorRecord, SecondFactorRepository,
};

use crate::audit::append_any;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::{read, stored};
use crate::json_column::{from_json, to_json};
use crate::schema::accounts::second_factors;
use crate::uuid_column::UuidColumn;

/// A row of `second_factors`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = second_factors, primary_key(user_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct SecondFactorRow {
    user_id: UuidColumn,
    sealed_secret: String,
    confirmed_at: Option<NaiveDateTime>,
    last_step: i64,
    recovery: String,
    version: i64,
}

impl SecondFactorRow {
    fn of(factor: &SecondFactor) -> Result<Self, StoreError> {
        Ok(Self {
            user_id: factor.user_id.into(),
            sealed_secret: factor.sealed_secret.clone(),
            confirmed_at: factor.confirmed_at.map(stored),
            last_step: factor.last_step,
            recovery: to_json(&factor.recovery)?,
            version: factor.version,
        })
    }

    fn factor(self) -> Result<SecondFactor, StoreError> {
        Ok(SecondFactor::restore(SecondFactorRecord {
            user_id: self.user_id.into(),
            sealed_secret: self.sealed_secret,
            confirmed_at: self.confirmed_at.map(read),
            last_step: self.last_step,
            recovery: from_json(&self.recovery)?,
            version: self.version,
        }))
    }
}

#[async_trait]
impl SecondFactorRepository for Database {
    async fn get(&self, id: UserId) -> Result<Option<SecondFactor>, StoreError> {
        self.read(move |conn| {
            let query = second_factors::table
                .find(UuidColumn::from(id))
                .select(SecondFactorRow::as_select());
            let row: Option<SecondFactorRow> = query.first(conn).optional()?;
            Ok(row.map(SecondFactorRow::factor).transpose()?)
        })
        .await
    }

    async fn commit(&self, change: SecondFactorChange) -> Result<(), CommitError> {
        self.write(move |conn| {
            store(conn, &change.factor)?;
            append_any(conn, change.audit.as_ref())
        })
        .await
    }

    async fn remove(&self, change: SecondFactorChange) -> Result<(), CommitError> {
        self.write(move |conn| {
            let this = second_factors::table
                .filter(second_factors::user_id.eq(UuidColumn::from(change.factor.user_id)))
                .filter(second_factors::version.eq(change.factor.version));
            if diesel::delete(this).execute(conn)? == 0 {
                return Err(CommitError::Stale.into());
            }
            append_any(conn, change.audit.as_ref())
        })
        .await
    }
}

fn store(conn: &mut AnyConnection, factor: &SecondFactor) -> Result<(), TxError> {
    let row = SecondFactorRow::of(factor)?;
    if factor.version == 1 {
        diesel::insert_into(second_factors::table)
            .values(&row)
            .execute(conn)?;
        return Ok(());
    }
    let before = second_factors::table
        .filter(second_factors::user_id.eq(row.user_id))
        .filter(second_factors::version.eq(factor.version - 1));
    if diesel::update(before).set(&row).execute(conn)? == 0 {
        return Err(CommitError::Stale.into());
    }
    Ok(())
}
