//! Login sessions and their refresh tokens.

use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::network;
use sojourn_application::ports::{RefreshOutcome, Session, SessionStore};
use sojourn_domain::shared::{Email, SessionId, StoreError, UserId};
use sojourn_domain::user::User;

use crate::address_column;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::{read, stored};
use crate::places::places;
use crate::schema::accounts::{refresh_tokens, sessions, users};
use crate::token_hash::token_hash;
use crate::user::UserRow;
use crate::uuid_column::{UuidColumn, UuidSql};

/// How long a used refresh token is remembered, so that its second use is noticed.
const MEMORY: TimeDelta = TimeDelta::days(30);

/// How many sessions are listed.
const LISTED: i64 = 100;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
struct SessionRow {
    id: UuidColumn,
    user_id: UuidColumn,
    created_at: NaiveDateTime,
    last_used_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    user_agent: Option<String>,
    address: Option<String>,
}

impl From<&Session> for SessionRow {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.into(),
            user_id: session.user_id.into(),
            created_at: stored(session.created_at),
            last_used_at: stored(session.last_used_at),
            expires_at: stored(session.expires_at),
            user_agent: session.user_agent.clone(),
            address: session.address.map(address_column::stored),
        }
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let address = row
            .address
            .map(|text| address_column::read(&text, "sessions.address"));
        Ok(Self {
            id: row.id.into(),
            user_id: row.user_id.into(),
            created_at: read(row.created_at),
            last_used_at: read(row.last_used_at),
            expires_at: read(row.expires_at),
            user_agent: row.user_agent,
            address: address.transpose()?,
        })
    }
}

fn keep_token(
    connection: &mut AnyConnection,
    hash: &str,
    session: UuidColumn,
) -> Result<(), TxError> {
    let row = (
        refresh_tokens::token_hash.eq(hash),
        refresh_tokens::session_id.eq(session),
    );
    diesel::insert_into(refresh_tokens::table)
        .values(row)
        .execute(connection)?;
    Ok(())
}

fn end(connection: &mut AnyConnection, session: SessionRow) -> Result<RefreshOutcome, TxError> {
    diesel::delete(sessions::table.find(session.id)).execute(connection)?;
    Ok(RefreshOutcome::Reused(session.try_into()?))
}

/// Whether an account's password, role and state are as they were read. On PostgreSQL nobody changes them before the
/// transaction ends; on SQLite nobody else writes.
fn is_as_read(connection: &mut AnyConnection, account: &User) -> Result<bool, TxError> {
    if let AnyConnection::Postgres(connection) = connection {
        let lock = diesel::sql_query("SELECT 1 FROM users WHERE id = $1 FOR SHARE");
        lock.bind::<UuidSql, _>(UuidColumn::from(account.id))
            .execute(connection)?;
    }
    let id = UuidColumn::from(account.id);
    let found = users::table
        .find(id)
        .select(UserRow::as_select())
        .first(connection)
        .optional()?;
    let Some(now) = found.map(User::try_from).transpose()? else {
        return Ok(false);
    };
    let state = |user: &User| {
        (
            user.role,
            user.suspended_at,
            user.erased_at,
            user.email_verified,
        )
    };
    Ok(now.password_hash == account.password_hash && state(&now) == state(account))
}

/// A trade of one refresh token for the next.
struct Rotation {
    hash: String,
    next: String,
    now: NaiveDateTime,
    expires_at: NaiveDateTime,
}

impl Rotation {
    fn run(&self, connection: &mut AnyConnection) -> Result<RefreshOutcome, TxError> {
        let found: Option<(Option<NaiveDateTime>, SessionRow)> = refresh_tokens::table
            .inner_join(sessions::table)
            .filter(refresh_tokens::token_hash.eq(&self.hash))
            .select((refresh_tokens::used_at, SessionRow::as_select()))
            .first(connection)
            .optional()?;
        let Some((used_at, mut session)) =
            found.filter(|(_, session)| session.expires_at > self.now)
        else {
            return Ok(RefreshOutcome::Unknown);
        };
        if used_at.is_some() {
            return end(connection, session);
        }
        // Of two that come at once, the second waits here and then finds it used.
        let unused = refresh_tokens::table
            .find(&self.hash)
            .filter(refresh_tokens::used_at.is_null());
        if diesel::update(unused)
            .set(refresh_tokens::used_at.eq(self.now))
            .execute(connection)?
            == 0
        {
            return end(connection, session);
        }
        let old = refresh_tokens::table
            .filter(refresh_tokens::session_id.eq(session.id))
            .filter(refresh_tokens::used_at.lt(self.now - MEMORY));
        diesel::delete(old).execute(connection)?;
        let times = (
            sessions::last_used_at.eq(self.now),
            sessions::expires_at.eq(self.expires_at),
        );
        if diesel::update(sessions::table.find(session.id))
            .set(times)
            .execute(connection)?
            == 0
        {
            return Ok(RefreshOutcome::Unknown);
        }
        keep_token(connection, &self.next, session.id)?;
        (session.last_used_at, session.expires_at) = (self.now, self.expires_at);
        Ok(RefreshOutcome::Rotated(session.try_into()?))
    }
}

#[async_trait]
impl SessionStore for Database {
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, StoreError> {
        let (hash, account) = (token_hash(refresh_token), as_read.clone());
        self.write(move |connection| {
            if !is_as_read(connection, &account)? {
                return Ok(false);
            }
            let row = SessionRow::from(&session);
            let (id, user_id, now) = (row.id, row.user_id, row.created_at);
            let over = sessions::table
                .filter(sessions::user_id.eq(user_id))
                .filter(sessions::expires_at.le(now));
            diesel::delete(over).execute(connection)?;
            diesel::insert_into(sessions::table)
                .values(row)
                .execute(connection)?;
            keep_token(connection, &hash, id)?;
            Ok(true)
        })
        .await
    }

    async fn rotate(
        &self,
        refresh_token: &str,
        next_token: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, StoreError> {
        let rotation = Rotation {
            hash: token_hash(refresh_token),
            next: token_hash(next_token),
            now: stored(now),
            expires_at: stored(expires_at),
        };
        self.write(move |connection| rotation.run(connection)).await
    }

    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = self
            .read(move |connection| {
                let open = sessions::table
                    .find(UuidColumn::from(id))
                    .filter(sessions::user_id.eq(UuidColumn::from(user_id)))
                    .filter(sessions::expires_at.gt(stored(now)));
                Ok(open
                    .select(SessionRow::as_select())
                    .first(connection)
                    .optional()?)
            })
            .await?;
        row.map(Session::try_from).transpose()
    }

    async fn list(&self, user_id: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<SessionRow> = self
            .read(move |connection| {
                let open = sessions::table
                    .filter(sessions::user_id.eq(UuidColumn::from(user_id)))
                    .filter(sessions::expires_at.gt(stored(now)))
                    .order((sessions::last_used_at.desc(), sessions::id.desc()))
                    .limit(LISTED);
                Ok(open.select(SessionRow::as_select()).load(connection)?)
            })
            .await?;
        rows.into_iter().map(Session::try_from).collect()
    }

    async fn is_known_at(
        &self,
        email: &Email,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (key, here) = (email.key(), network(address));
        let places = self
            .read(move |connection| places(connection, &key, now))
            .await?;
        Ok(places.into_iter().any(|place| network(place) == here))
    }

    async fn revoke(&self, user_id: UserId, id: SessionId) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let own = sessions::table
                .find(UuidColumn::from(id))
                .filter(sessions::user_id.eq(UuidColumn::from(user_id)));
            Ok(diesel::delete(own).execute(connection)? > 0)
        })
        .await
    }
}
