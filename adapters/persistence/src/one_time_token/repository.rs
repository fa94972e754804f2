//! The repository of one-time tokens.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{OneTimeTokens, Purpose, Redeemed};
use sojourn_domain::shared::{Email, RepositoryError};
use sojourn_domain::user::User;

use crate::columns::hash::token_hash;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::row_lock::lock_account_exclusively;
use crate::schema::accounts::{email_changes, one_time_tokens, users};

/// The longest validity of any token.
const MAX_VALIDITY: TimeDelta = TimeDelta::hours(24);

/// The most open tokens of an account for one purpose; a new one voids the oldest.
const MAX_OPEN: i64 = 20;

/// The most tokens that a new one voids.
const MAX_VOIDED: i64 = 1_000;

#[async_trait]
impl OneTimeTokens for Database {
    async fn keep(
        &self,
        token: &str,
        owner: &User,
        purpose: Purpose,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        let hash = token_hash(token);
        let user_id = owner.id;
        let registered_at = timestamp::to_db(owner.created_at);
        self.write(move |conn| {
            lock_account_exclusively(conn, user_id.into())?;
            if registration_time(conn, user_id.into())? != Some(registered_at) {
                return Ok(false);
            }
            // A token that ends so long before a new one has expired.
            let expired = one_time_tokens::table
                .filter(one_time_tokens::user_id.eq(UuidColumn::from(user_id)))
                .filter(one_time_tokens::purpose.eq(purpose.as_str()))
                .filter(
                    one_time_tokens::expires_at.lt(timestamp::to_db(expires_at) - MAX_VALIDITY),
                );
            diesel::delete(expired).execute(conn)?;
            let row = (
                one_time_tokens::token_hash.eq(&hash),
                one_time_tokens::user_id.eq(UuidColumn::from(user_id)),
                one_time_tokens::purpose.eq(purpose.as_str()),
                one_time_tokens::expires_at.eq(timestamp::to_db(expires_at)),
            );
            diesel::insert_into(one_time_tokens::table)
                .values(row)
                .execute(conn)?;
            void_oldest(conn, user_id.into(), purpose)?;
            Ok(true)
        })
        .await
    }

    async fn keep_email_change(
        &self,
        token: &str,
        owner: &User,
        email: &Email,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        let hash = token_hash(token);
        let user_id = UuidColumn::from(owner.id);
        let registered_at = timestamp::to_db(owner.created_at);
        let email = email.to_string();
        self.write(move |conn| {
            lock_account_exclusively(conn, user_id)?;
            if registration_time(conn, user_id)? != Some(registered_at) {
                return Ok(false);
            }
            diesel::delete(email_changes::table.find(user_id)).execute(conn)?;
            let row = (
                email_changes::user_id.eq(user_id),
                email_changes::token_hash.eq(&hash),
                email_changes::email.eq(&email),
                email_changes::expires_at.eq(timestamp::to_db(expires_at)),
            );
            diesel::insert_into(email_changes::table)
                .values(row)
                .execute(conn)?;
            Ok(true)
        })
        .await
    }

    async fn redeem_email_change(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(Redeemed, Email)>, RepositoryError> {
        let hash = token_hash(token);
        self.write(move |conn| {
            let this = email_changes::table.filter(email_changes::token_hash.eq(&hash));
            let found: Option<(UuidColumn, String)> = this
                .filter(email_changes::expires_at.gt(timestamp::to_db(now)))
                .select((email_changes::user_id, email_changes::email))
                .first(conn)
                .optional()?;
            let Some((user_id, email)) = found else {
                return Ok(None);
            };
            // Only one of two that arrive at once deletes the token.
            if diesel::delete(this).execute(conn)? == 0 {
                return Ok(None);
            }
            let email = Email::parse(&email)
                .map_err(|error| RepositoryError::Internal(error.to_string()))?;
            let registered_at = registration_time(conn, user_id)?;
            Ok(registered_at.map(|at| {
                let redeemed = Redeemed {
                    user_id: user_id.into(),
                    registered_at: timestamp::from_db(at),
                };
                (redeemed, email)
            }))
        })
        .await
    }

    async fn redeem(
        &self,
        token: &str,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<Redeemed>, RepositoryError> {
        let hash = token_hash(token);
        self.write(move |conn| {
            let this = one_time_tokens::table
                .find(&hash)
                .filter(one_time_tokens::purpose.eq(purpose.as_str()));
            let found: Option<(UuidColumn, NaiveDateTime)> = this
                .select((one_time_tokens::user_id, one_time_tokens::expires_at))
                .first(conn)
                .optional()?;
            let Some((user_id, _)) =
                found.filter(|(_, expires_at)| *expires_at > timestamp::to_db(now))
            else {
                return Ok(None);
            };
            // Only one of two that arrive at once deletes the token; the other tokens for its purpose become invalid.
            if diesel::delete(one_time_tokens::table.find(&hash)).execute(conn)? == 0 {
                return Ok(None);
            }
            let others = one_time_tokens::table
                .filter(one_time_tokens::user_id.eq(user_id))
                .filter(one_time_tokens::purpose.eq(purpose.as_str()));
            diesel::delete(others).execute(conn)?;
            let registered_at = registration_time(conn, user_id)?;
            Ok(registered_at.map(|at| Redeemed {
                user_id: user_id.into(),
                registered_at: timestamp::from_db(at),
            }))
        })
        .await
    }
}

/// Voids the tokens of an account beyond the most that it may have.
fn void_oldest(
    conn: &mut AnyConnection,
    user_id: UuidColumn,
    purpose: Purpose,
) -> QueryResult<usize> {
    let oldest: Vec<String> = one_time_tokens::table
        .filter(one_time_tokens::user_id.eq(user_id))
        .filter(one_time_tokens::purpose.eq(purpose.as_str()))
        .order(one_time_tokens::expires_at.desc())
        .select(one_time_tokens::token_hash)
        .limit(MAX_VOIDED)
        .offset(MAX_OPEN)
        .load(conn)?;
    if oldest.is_empty() {
        return Ok(0);
    }
    let voided = one_time_tokens::table.filter(one_time_tokens::token_hash.eq_any(&oldest));
    diesel::delete(voided).execute(conn)
}

/// The time at which an account was registered, last if it was registered again.
fn registration_time(
    conn: &mut AnyConnection,
    id: UuidColumn,
) -> Result<Option<NaiveDateTime>, TxError> {
    let account = users::table.find(id).select(users::created_at);
    Ok(account.first(conn).optional()?)
}
