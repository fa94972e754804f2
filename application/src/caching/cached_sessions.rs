//! Cached session lookups, which happen on every request.

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Email, RepositoryError, SessionId, UserId};
use sojourn_domain::user::User;

use super::invalidation::run_to_completion;
use crate::ports::{
    Cache, CacheKey, CacheNamespace, CacheTag, OpenSession, RefreshOutcome, Session, SessionStore,
};

/// A session store with a cache in front. Only open sessions are cached, never their absence;
/// ending or renewing a session invalidates it. A cached entry that is not a session of the user is
/// looked up in the store.
pub struct CachedSessions {
    inner: Arc<dyn SessionStore>,
    cache: Arc<dyn Cache>,
}

impl CachedSessions {
    /// Wraps a store with a cache. Needs a Tokio runtime, as [`super::invalidate_on_commit`] does.
    #[must_use]
    pub fn new(inner: Arc<dyn SessionStore>, cache: Arc<dyn Cache>) -> Self {
        Self { inner, cache }
    }
}

#[async_trait]
impl SessionStore for CachedSessions {
    async fn open(
        &self,
        session: Session,
        refresh_token: &str,
        as_read: &User,
    ) -> Result<bool, RepositoryError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let (token, account) = (refresh_token.to_owned(), as_read.clone());
        run_to_completion(async move {
            let opened = inner.open(session, &token, &account).await;
            // The account may have had so many sessions that the oldest ended.
            if opened == Ok(true) {
                let sessions = CacheTag::SessionsOf(account.id);
                cache.invalidate(&[sessions]).await;
            }
            opened
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
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let token = refresh_token.to_owned();
        let next = next_token.to_owned();
        let sealed = sealed_next.to_owned();
        run_to_completion(async move {
            let outcome = inner.rotate(&token, &next, &sealed, now, expires_at).await;
            match &outcome {
                Ok(RefreshOutcome::Rotated(session) | RefreshOutcome::Reused(session)) => {
                    cache.invalidate(&[CacheTag::Session(session.id)]).await;
                }
                Ok(RefreshOutcome::Repeated(..) | RefreshOutcome::Unknown) | Err(_) => {}
            }
            outcome
        })
        .await
    }

    async fn get(
        &self,
        id: SessionId,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenSession>, RepositoryError> {
        let tags = vec![CacheTag::Session(id), CacheTag::SessionsOf(user_id)];
        let key = CacheKey {
            namespace: CacheNamespace::Sessions,
            name: id.to_string(),
            tags,
        };
        let mut looked_up = None;
        let load = async {
            let found = self.inner.get(id, user_id, now).await;
            let cached = found
                .as_ref()
                .ok()
                .and_then(Option::as_ref)
                .and_then(encode);
            looked_up = Some(found);
            cached
        };
        let (cached, _) = self.cache.get_or_load(key, Box::pin(load)).await;
        if let Some(found) = looked_up {
            return found;
        }
        let found = cached.and_then(|bytes| serde_json::from_slice::<OpenSession>(&bytes).ok());
        let valid = |it: &Session| it.id == id && it.user_id == user_id && now < it.expires_at;
        match found.filter(|found| valid(&found.session)) {
            Some(found) => Ok(Some(found)),
            None => self.inner.get(id, user_id, now).await,
        }
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
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        run_to_completion(async move {
            let outcome = inner.revoke(user_id, id).await;
            cache.invalidate(&[CacheTag::Session(id)]).await;
            outcome
        })
        .await
    }
}

fn encode(session: &OpenSession) -> Option<Arc<[u8]>> {
    serde_json::to_vec(session).ok().map(Arc::from)
}
