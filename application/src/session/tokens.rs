//! What a login gives.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{SessionId, UserId};
use sojourn_domain::user::{Role, User};

use crate::ports::{AccessClaims, Ports, TokenError};

/// For how long an access token is good.
const ACCESS_MINUTES: i64 = 15;

/// For how many days a session lasts from its last use.
const SESSION_DAYS: i64 = 30;

/// What a client carries.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Sent with every request.
    pub access_token: String,
    /// Traded, once, for the next pair.
    pub refresh_token: String,
    /// For how many seconds the access token is good.
    pub expires_in: i64,
    /// Whose they are.
    pub user_id: UserId,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// Until when a session lasts that is used now.
pub(super) fn session_end(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(SESSION_DAYS)
}

/// A fresh access token for a user's session, with the refresh token that is already kept.
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
        admin: user.role == Role::Admin,
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
