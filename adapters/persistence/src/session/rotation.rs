//! The rotation of refresh tokens.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sojourn_application::ports::RefreshOutcome;

use super::row::SessionRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::{refresh_tokens, sessions};

/// The time for which used refresh tokens are stored, so that their second use is noticed.
const USED_TOKEN_RETENTION: TimeDelta = TimeDelta::days(30);

/// The exchange of a refresh token for the next one.
pub(crate) struct Rotation {
    /// Hash of the token.
    pub(crate) hash: String,
    /// Hash of the next token.
    pub(crate) next_hash: String,
    /// The time of the exchange (UTC).
    pub(crate) now: NaiveDateTime,
    /// The new end of the session (UTC).
    pub(crate) expires_at: NaiveDateTime,
}

impl Rotation {
    /// Exchanges the token; ends its session when the token was used before.
    pub(crate) fn run(&self, conn: &mut AnyConnection) -> Result<RefreshOutcome, TxError> {
        let found: Option<(Option<NaiveDateTime>, SessionRow)> = refresh_tokens::table
            .inner_join(sessions::table)
            .filter(refresh_tokens::token_hash.eq(&self.hash))
            .select((refresh_tokens::used_at, SessionRow::as_select()))
            .first(conn)
            .optional()?;
        let Some((used_at, mut session)) =
            found.filter(|(_, session)| session.expires_at > self.now)
        else {
            return Ok(RefreshOutcome::Unknown);
        };
        if used_at.is_some() {
            return end_session(conn, session);
        }
        // Of two that arrive at once, the second waits here and then finds the token used.
        let unused = refresh_tokens::table
            .find(&self.hash)
            .filter(refresh_tokens::used_at.is_null());
        let marked = diesel::update(unused)
            .set(refresh_tokens::used_at.eq(self.now))
            .execute(conn)?;
        if marked == 0 {
            return end_session(conn, session);
        }
        let old = refresh_tokens::table
            .filter(refresh_tokens::session_id.eq(session.id))
            .filter(refresh_tokens::used_at.lt(self.now - USED_TOKEN_RETENTION));
        diesel::delete(old).execute(conn)?;
        let times = (
            sessions::last_used_at.eq(self.now),
            sessions::expires_at.eq(self.expires_at),
        );
        let extended = diesel::update(sessions::table.find(session.id))
            .set(times)
            .execute(conn)?;
        if extended == 0 {
            return Ok(RefreshOutcome::Unknown);
        }
        insert_refresh_token(conn, &self.next_hash, session.id)?;
        session.last_used_at = self.now;
        session.expires_at = self.expires_at;
        Ok(RefreshOutcome::Rotated(session.try_into()?))
    }
}

fn end_session(conn: &mut AnyConnection, session: SessionRow) -> Result<RefreshOutcome, TxError> {
    diesel::delete(sessions::table.find(session.id)).execute(conn)?;
    Ok(RefreshOutcome::Reused(session.try_into()?))
}

/// Stores the hash of a refresh token of a session.
pub(crate) fn insert_refresh_token(
    conn: &mut AnyConnection,
    hash: &str,
    session: UuidColumn,
) -> Result<(), TxError> {
    let row = (
        refresh_tokens::token_hash.eq(hash),
        refresh_tokens::session_id.eq(session),
    );
    diesel::insert_into(refresh_tokens::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}
