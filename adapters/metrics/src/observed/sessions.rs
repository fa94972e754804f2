//! Sessions whose beginnings and refreshes are counted.

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{OpenSession, RefreshOutcome, Session, SessionStore};
use sojourn_domain::shared::{Email, RepositoryError, SessionId, UserId};
use sojourn_domain::user::User;

use super::Counters;

/// Counts opened sessions as logins, and presented refresh tokens by outcome.
pub(super) struct ObservedSessions {
    pub(super) inner: Arc<dyn SessionStore>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl SessionStore for ObservedSessions {
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, RepositoryError> {
        let opened = self.inner.open(session, refresh_token, as_read).await?;
        if opened {
            self.counters.count_login("succeeded");
        }
        Ok(opened)
    }

    async fn rotate(
        &self,
        refresh_token: &str,
        next_token: &str,
        sealed_next: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, RepositoryError> {
        let rotated = self
            .inner
            .rotate(refresh_token, next_token, sealed_next, now, expires_at)
            .await?;
        self.counters.count_refresh(match &rotated {
            RefreshOutcome::Rotated(_) => "rotated",
            RefreshOutcome::Repeated(..) => "repeated",
            RefreshOutcome::Reused(_) => "reused",
            RefreshOutcome::Unknown => "unknown",
        });
        Ok(rotated)
    }

    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenSession>, RepositoryError> {
        self.inner.get(id, user_id, now).await
    }

    async fn list(
        &self,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Session>, RepositoryError> {
        self.inner.list(user_id, now).await
    }

    async fn is_known_address(
        &self,
        email: &Email,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        self.inner.is_known_address(email, address, now).await
    }

    async fn revoke(&self, user_id: UserId, id: SessionId) -> Result<bool, RepositoryError> {
        self.inner.revoke(user_id, id).await
    }
}
