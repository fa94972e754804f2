//! The rotation of refresh tokens.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sojourn_application::ports::{REFRESH_GRACE_SECONDS, RefreshOutcome};

use super::row::SessionRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::{refresh_tokens, sessions};

/// The time for which used refresh tokens are stored, so that their second use is noticed.
const USED_TOKEN_RETENTION: TimeDelta = TimeDelta::days(30);

/// The time in which a used token is answered with the same successor.
const GRACE: TimeDelta = TimeDelta::seconds(REFRESH_GRACE_SECONDS);

/// The exchange of a refresh token for the next one.
pub(crate) struct Rotation {
    /// Hash of the token.
    pub(crate) hash: String,
    /// Hash of the next token.
    pub(crate) next_hash: String,
    /// The next token, sealed for the holder of this one.
    pub(crate) sealed_next: String,
    /// The time of the exchange (UTC).
    pub(crate) now: NaiveDateTime,
    /// The new end of the session (UTC).
    pub(crate) expires_at: NaiveDateTime,
}

impl Rotation {
    /// Exchanges the token; ends its session when the token was used before.
    pub(crate) fn run(&self, conn: &mut AnyConnection) -> Result<RefreshOutcome, TxError> {
        let Some((first_use, mut session)) = self.find(conn)? else {
            return Ok(RefreshOutcome::Unknown);
        };
        if let Some(first_use) = first_use {
            return self.use_again(conn, first_use, session);
        }
        // Of two that arrive at once, the second waits here and then finds the token used.
        let unused = refresh_tokens::table
            .find(&self.hash)
            .filter(refresh_tokens::used_at.is_null());
        let marked = diesel::update(unused)
            .set((
                refresh_tokens::used_at.eq(self.now),
                refresh_tokens::successor.eq(&self.sealed_next),
            ))
            .execute(conn)?;
        if marked == 0 {
            return match self.find(conn)? {
                Some((Some(first_use), session)) => self.use_again(conn, first_use, session),
                Some((None, _)) | None => Ok(RefreshOutcome::Unknown),
            };
        }
        self.forget_successors(conn, &session)?;
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

    /// The first use of the token, if any, and its open session.
    fn find(
        &self,
        conn: &mut AnyConnection,
    ) -> Result<Option<(Option<FirstUse>, SessionRow)>, TxError> {
        type Row = (Option<NaiveDateTime>, Option<String>, SessionRow);
        let found: Option<Row> = refresh_tokens::table
            .inner_join(sessions::table)
            .filter(refresh_tokens::token_hash.eq(&self.hash))
            .select((
                refresh_tokens::used_at,
                refresh_tokens::successor,
                SessionRow::as_select(),
            ))
            .first(conn)
            .optional()?;
        let open = found.filter(|(_, _, session)| session.expires_at > self.now);
        Ok(open.map(|(used_at, successor, session)| {
            let first_use = used_at.map(|at| FirstUse { at, successor });
            (first_use, session)
        }))
    }

    /// Answers a token that was used before: with the same successor for a short time, after which its session ends.
    fn use_again(
        &self,
        conn: &mut AnyConnection,
        first_use: FirstUse,
        session: SessionRow,
    ) -> Result<RefreshOutcome, TxError> {
        match first_use.successor {
            Some(successor) if self.now - first_use.at <= GRACE => {
                Ok(RefreshOutcome::Repeated(session.try_into()?, successor))
            }
            Some(_) | None => end_session(conn, session),
        }
    }

    /// Deletes the successors of the session that are no longer repeated.
    fn forget_successors(
        &self,
        conn: &mut AnyConnection,
        session: &SessionRow,
    ) -> Result<(), TxError> {
        let stale = refresh_tokens::table
            .filter(refresh_tokens::session_id.eq(session.id))
            .filter(refresh_tokens::used_at.lt(self.now - GRACE))
            .filter(refresh_tokens::successor.is_not_null());
        diesel::update(stale)
            .set(refresh_tokens::successor.eq(None::<String>))
            .execute(conn)?;
        Ok(())
    }
}

/// The first use of a refresh token.
struct FirstUse {
    at: NaiveDateTime,
    /// The sealed successor, until it is deleted.
    successor: Option<String>,
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
