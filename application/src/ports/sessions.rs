//! Login sessions.

use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::{Email, RepositoryError, SessionId, UserId};
use sojourn_domain::user::User;

/// A login on one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The session's id.
    pub id: SessionId,
    /// The user.
    pub user_id: UserId,
    /// Creation time (UTC).
    pub created_at: DateTime<Utc>,
    /// Time of the last refresh (UTC).
    pub last_used_at: DateTime<Utc>,
    /// Expiry (UTC) unless refreshed.
    pub expires_at: DateTime<Utc>,
    /// The `User-Agent` header at login, at most 200 characters.
    pub user_agent: Option<String>,
    /// The client's address at login.
    pub address: Option<IpAddr>,
}

/// An open session, and the role that its account has at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// The session.
    pub session: Session,
    /// True if the account is an operator.
    pub admin: bool,
}

/// Time in which a used refresh token is answered with the same successor, in seconds.
pub const REFRESH_GRACE_SECONDS: i64 = 10;

/// Result of presenting a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefreshOutcome {
    /// The token was valid and is replaced by the next one.
    Rotated(Session),
    /// The token was first used within the last seconds (by another tab, or in a request whose
    /// response was lost); holds the sealed successor that it was replaced by.
    Repeated(Session, String),
    /// The token was used before that, so it has leaked; this session of it is revoked.
    Reused(Session),
    /// The token is unknown, or its session has ended.
    Unknown,
}

/// Stores sessions. Refresh tokens are stored only as SHA-256.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// Stores a new session with its first refresh token, unless the account's password, role or
    /// state differs from `as_read`: whatever ended its sessions concurrently must prevent this one
    /// too. Returns false if the session was not opened. An account has 100 sessions at most: this one
    /// ends those that were not used for the longest time.
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, RepositoryError>;

    /// Replaces a refresh token by the next one, atomically; the next one is also stored sealed, for
    /// repetitions within [`REFRESH_GRACE_SECONDS`]. The session then lasts until `expires_at`.
    async fn rotate(
        &self,
        refresh_token: &str,
        next_token: &str,
        sealed_next: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, RepositoryError>;

    /// The user's session and present role, unless it was revoked or has expired, or the account is suspended
    /// or erased; `None` for a session of another user.
    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenSession>, RepositoryError>;

    /// A user's open sessions, most recently used first, at most 100.
    async fn list(
        &self,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Session>, RepositoryError>;

    /// True if the owner of the account with this email address is known at the network of this
    /// address (see [`network`](crate::access::network)): an open session was started there, or a password
    /// was set there with a mailed token within the last hour.
    async fn is_known_address(
        &self,
        email: &Email,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, RepositoryError>;

    /// Ends a user's session; returns false if there is none.
    async fn revoke(&self, user_id: UserId, id: SessionId) -> Result<bool, RepositoryError>;
}
