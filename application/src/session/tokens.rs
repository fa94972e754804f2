//! Tokens of a session.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{SessionId, UserId};
use sojourn_domain::user::User;

use crate::ports::{AccessClaims, Ports, TokenError};

/// Lifetime of an access token, in minutes.
const ACCESS_MINUTES: i64 = 15;

/// Lifetime of a session from its last use, in days.
const SESSION_DAYS: i64 = 30;

/// The tokens of a client.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Sent with every request.
    pub access_token: String,
    /// Exchanged once for the next pair.
    pub refresh_token: String,
    /// Lifetime of the access token, in seconds.
    pub expires_in: i64,
    /// The user.
    pub user_id: UserId,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// Expiry of a session that is used now.
pub(super) fn session_expiry(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(SESSION_DAYS)
}

/// Issues an access token for a user's session, to accompany its stored refresh token.
pub(super) fn issue(
    ports: &Ports,
    user: &User,
    session_id: SessionId,
    refresh_token: String,
    now: DateTime<Utc>,
) -> Result<Tokens, TokenError> {
    let life = TimeDelta::minutes(ACCESS_MINUTES);
    let access_token = ports.access_tokens.issue(AccessClaims {
        token_id: ports.ids.uuid(),
        user_id: user.id,
        session_id,
        issued_at: now,
        expires_at: now + life,
    })?;
    Ok(Tokens {
        access_token,
        refresh_token,
        expires_in: life.num_seconds(),
        user_id: user.id,
    })
}
