//! The repository of login sessions.

use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::access::network;
use sojourn_application::ports::{OpenSession, RefreshOutcome, Session, SessionStore};
use sojourn_domain::shared::{Email, RepositoryError, SessionId, UserId};
use sojourn_domain::user::{Role, User};

use super::account_state::is_unchanged;
use super::known_addresses::known_addresses;
use super::rotation::{Rotation, insert_refresh_token};
use super::row::SessionRow;
use crate::columns::hash::token_hash;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::schema::accounts::{sessions, users};
use crate::user::row::role_word;

/// The most sessions of an account; a new one ends those that were not used for the longest time.
const MAX_SESSIONS: i64 = 100;

/// The most sessions that one login ends.
const MAX_ENDED: i64 = 1_000;

#[async_trait]
impl SessionStore for Database {
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, RepositoryError> {
        let hash = token_hash(refresh_token);
        let account = as_read.clone();
        self.write(move |conn| {
            if !is_unchanged(conn, &account)? {
                return Ok(false);
            }
            let row = SessionRow::from(&session);
            let (id, user_id) = (row.id, row.user_id);
            let expired = sessions::table
                .filter(sessions::user_id.eq(user_id))
                .filter(sessions::expires_at.le(row.created_at));
            diesel::delete(expired).execute(conn)?;
            diesel::insert_into(sessions::table)
                .values(row)
                .execute(conn)?;
            insert_refresh_token(conn, &hash, id)?;
            end_oldest(conn, user_id)?;
            Ok(true)
        })
        .await
    }

    async fn rotate(
        &self,
        refresh_token: &str,
        next_token: &str,
        sealed_next: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, RepositoryError> {
        let rotation = Rotation {
            hash: token_hash(refresh_token),
            next_hash: token_hash(next_token),
            sealed_next: sealed_next.to_owned(),
            now: timestamp::to_db(now),
            expires_at: timestamp::to_db(expires_at),
        };
        self.write(move |conn| rotation.run(conn)).await
    }

    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenSession>, RepositoryError> {
        let row: Option<(SessionRow, String)> = self
            .read(move |conn| {
                let open = sessions::table
                    .inner_join(users::table)
                    .filter(sessions::id.eq(UuidColumn::from(id)))
                    .filter(sessions::user_id.eq(UuidColumn::from(user_id)))
                    .filter(sessions::expires_at.gt(timestamp::to_db(now)))
                    .filter(users::suspended_at.is_null())
                    .filter(users::erased_at.is_null());
                Ok(open
                    .select((SessionRow::as_select(), users::role))
                    .first(conn)
                    .optional()?)
            })
            .await?;
        let open = row.map(|(row, role)| {
            Ok(OpenSession {
                session: row.try_into()?,
                admin: role == role_word(Role::Admin),
            })
        });
        open.transpose()
    }

    async fn list(
        &self,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Session>, RepositoryError> {
        let rows: Vec<SessionRow> = self
            .read(move |conn| {
                let open = sessions::table
                    .filter(sessions::user_id.eq(UuidColumn::from(user_id)))
                    .filter(sessions::expires_at.gt(timestamp::to_db(now)))
                    .order((sessions::last_used_at.desc(), sessions::id.desc()))
                    .limit(MAX_SESSIONS);
                Ok(open.select(SessionRow::as_select()).load(conn)?)
            })
            .await?;
        rows.into_iter().map(Session::try_from).collect()
    }

    async fn is_known_address(
        &self,
        email: &Email,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        let key = email.key();
        let addresses = self
            .read(move |conn| known_addresses(conn, &key, now))
            .await?;
        let here = network(address);
        Ok(addresses.into_iter().any(|known| network(known) == here))
    }

    async fn revoke(&self, user_id: UserId, id: SessionId) -> Result<bool, RepositoryError> {
        self.write(move |conn| {
            let own = sessions::table
                .find(UuidColumn::from(id))
                .filter(sessions::user_id.eq(UuidColumn::from(user_id)));
            Ok(diesel::delete(own).execute(conn)? > 0)
        })
        .await
    }
}

/// Ends the sessions of an account beyond the most that it may have.
fn end_oldest(conn: &mut AnyConnection, user_id: UuidColumn) -> QueryResult<usize> {
    let own = sessions::table.filter(sessions::user_id.eq(user_id));
    let oldest: Vec<UuidColumn> = own
        .order((sessions::last_used_at.desc(), sessions::id.desc()))
        .select(sessions::id)
        .limit(MAX_ENDED)
        .offset(MAX_SESSIONS)
        .load(conn)?;
    if oldest.is_empty() {
        return Ok(0);
    }
    diesel::delete(sessions::table.filter(sessions::id.eq_any(&oldest))).execute(conn)
}
