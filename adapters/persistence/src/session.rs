//! Login sessions and their refresh tokens.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{RefreshOutcome, Session, SessionStore};
use sojourn_domain::shared::{SessionId, StoreError, UserId};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::{read, stored};
use crate::schema::accounts::{refresh_tokens, sessions};
use crate::token_hash::token_hash;
use crate::uuid_column::UuidColumn;

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
        }
    }
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id.into(),
            user_id: row.user_id.into(),
            created_at: read(row.created_at),
            last_used_at: read(row.last_used_at),
            expires_at: read(row.expires_at),
            user_agent: row.user_agent,
        }
    }
}

fn keep_token(connection: &mut AnyConnection, hash: &str, session: UuidColumn) -> Result<(), TxError> {
    let row = (refresh_tokens::token_hash.eq(hash), refresh_tokens::session_id.eq(session));
    diesel::insert_into(refresh_tokens::table).values(row).execute(connection)?;
    Ok(())
}

fn end(connection: &mut AnyConnection, session: UuidColumn) -> Result<RefreshOutcome, TxError> {
    diesel::delete(sessions::table.find(session)).execute(connection)?;
    Ok(RefreshOutcome::Reused)
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
        let Some((used_at, mut session)) = found.filter(|(_, session)| session.expires_at > self.now) else {
            return Ok(RefreshOutcome::Unknown);
        };
        if used_at.is_some() {
            return end(connection, session.id);
        }
        // Of two that come at once, the second waits here and then finds it used.
        let unused = refresh_tokens::table.find(&self.hash).filter(refresh_tokens::used_at.is_null());
        if diesel::update(unused).set(refresh_tokens::used_at.eq(self.now)).execute(connection)? == 0 {
            return end(connection, session.id);
        }
        let old = refresh_tokens::table
            .filter(refresh_tokens::session_id.eq(session.id))
            .filter(refresh_tokens::used_at.lt(self.now - MEMORY));
        diesel::delete(old).execute(connection)?;
        let times = (sessions::last_used_at.eq(self.now), sessions::expires_at.eq(self.expires_at));
        if diesel::update(sessions::table.find(session.id)).set(times).execute(connection)? == 0 {
            return Ok(RefreshOutcome::Unknown);
        }
        keep_token(connection, &self.next, session.id)?;
        (session.last_used_at, session.expires_at) = (self.now, self.expires_at);
        Ok(RefreshOutcome::Rotated(session.into()))
    }
}

#[async_trait]
impl SessionStore for Database {
    async fn open(&self, session: Session, refresh_token: &str) -> Result<(), StoreError> {
        let hash = token_hash(refresh_token);
        self.write(move |connection| {
            let row = SessionRow::from(&session);
            let (id, user_id, now) = (row.id, row.user_id, row.created_at);
            let over =
                sessions::table.filter(sessions::user_id.eq(user_id)).filter(sessions::expires_at.le(now));
            diesel::delete(over).execute(connection)?;
            diesel::insert_into(sessions::table).values(row).execute(connection)?;
            keep_token(connection, &hash, id)
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

    async fn get(&self, id: SessionId, now: DateTime<Utc>) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = self
            .read(move |connection| {
                let open =
                    sessions::table.find(UuidColumn::from(id)).filter(sessions::expires_at.gt(stored(now)));
                Ok(open.select(SessionRow::as_select()).first(connection).optional()?)
            })
            .await?;
        Ok(row.map(Session::from))
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
        Ok(rows.into_iter().map(Session::from).collect())
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
