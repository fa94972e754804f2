//! Login sessions.

use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::{Email, SessionId, StoreError, UserId};
use sojourn_domain::user::User;

/// A login on one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When a token was last asked for.
    pub last_used_at: DateTime<Utc>,
    /// Until when, unless it is used.
    pub expires_at: DateTime<Utc>,
    /// What the device called itself, at most 200 characters.
    pub user_agent: Option<String>,
    /// From where it was opened.
    pub address: Option<IpAddr>,
}

/// What came of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefreshOutcome {
    /// It was good; the next one is kept in its place.
    Rotated(Session),
    /// It was used before: somebody has a copy. This session of it is revoked.
    Reused(Session),
    /// Nobody knows it, or its session is over.
    Unknown,
}

/// Where sessions are kept. Only the SHA-256 of a refresh token is.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// Keeps a new session with its first refresh token, unless the account's password, role or state is another by
    /// now than in `as_read`: what ended its sessions meanwhile ends this one too. False when it was not opened.
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, StoreError>;

    /// Trades a refresh token for the next, atomically. The session then lasts until `expires_at`.
    async fn rotate(
        &self,
        refresh_token: &str,
        next_token: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, StoreError>;

    /// This user's session, unless it is revoked or over. Somebody else's is none.
    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, StoreError>;

    /// A user's open sessions, the last used first, at most 100.
    async fn list(&self, user_id: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError>;

    /// Whether the owner of the account with this email address is known to come from the network of this address
    /// (see [`network`](crate::network)): an open session was opened from there, or a password was set from there
    /// with a mailed token within the hour.
    async fn is_known_at(
        &self,
        email: &Email,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Ends a user's session; false when there is no such.
    async fn revoke(&self, user_id: UserId, id: SessionId) -> Result<bool, StoreError>;
}
