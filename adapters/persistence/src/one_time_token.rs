//! One-time tokens.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{OneTimeTokens, Purpose};
use sojourn_domain::shared::{StoreError, UserId};

use crate::database::Database;
use crate::instant::stored;
use crate::schema::accounts::one_time_tokens;
use crate::token_hash::token_hash;
use crate::uuid_column::UuidColumn;

/// The longest that any token is good for.
const LONGEST: TimeDelta = TimeDelta::hours(24);

#[async_trait]
impl OneTimeTokens for Database {
    async fn keep(
        &self,
        token: &str,
        user_id: UserId,
        purpose: Purpose,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.write(move |connection| {
            // What ends so long before a new one is over by now.
            let over = one_time_tokens::table
                .filter(one_time_tokens::user_id.eq(UuidColumn::from(user_id)))
                .filter(one_time_tokens::purpose.eq(purpose.as_str()))
                .filter(one_time_tokens::expires_at.lt(stored(expires_at) - LONGEST));
            diesel::delete(over).execute(connection)?;
            let row = (
                one_time_tokens::token_hash.eq(&hash),
                one_time_tokens::user_id.eq(UuidColumn::from(user_id)),
                one_time_tokens::purpose.eq(purpose.as_str()),
                one_time_tokens::expires_at.eq(stored(expires_at)),
            );
            diesel::insert_into(one_time_tokens::table)
                .values(row)
                .execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn redeem(
        &self,
        token: &str,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>, StoreError> {
        let hash = token_hash(token);
        self.write(move |connection| {
            let this = one_time_tokens::table
                .find(&hash)
                .filter(one_time_tokens::purpose.eq(purpose.as_str()));
            let found: Option<(UuidColumn, NaiveDateTime)> = this
                .select((one_time_tokens::user_id, one_time_tokens::expires_at))
                .first(connection)
                .optional()?;
            let Some((user_id, _)) = found.filter(|(_, expires_at)| *expires_at > stored(now))
            else {
                return Ok(None);
            };
            // Only one of two that come at once deletes it; with it go the user's others that say the same.
            if diesel::delete(one_time_tokens::table.find(&hash)).execute(connection)? == 0 {
                return Ok(None);
            }
            let others = one_time_tokens::table
                .filter(one_time_tokens::user_id.eq(user_id))
                .filter(one_time_tokens::purpose.eq(purpose.as_str()));
            diesel::delete(others).execute(connection)?;
            Ok(Some(user_id.into()))
        })
        .await
    }
}
