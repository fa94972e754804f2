//! User repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Email, Notification, RepositoryError, UserId};
use sojourn_domain::user::{EndedSessions, User, UserChange, UserCommitError, UserRepository};

use super::invalidation::run_to_completion;
use crate::ports::{Cache, CacheTag};

/// Invalidates the cache after every commit.
pub(super) struct InvalidatingUsers {
    pub(super) inner: Arc<dyn UserRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl UserRepository for InvalidatingUsers {
    async fn get(&self, id: UserId) -> Result<Option<User>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, RepositoryError> {
        self.inner.get_many(ids).await
    }

    async fn by_email(&self, email: &Email) -> Result<Option<User>, RepositoryError> {
        self.inner.by_email(email).await
    }

    async fn commit(&self, change: UserChange) -> Result<(), UserCommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let mut tags = vec![CacheTag::Profile(change.user.id)];
        match change.ends_sessions {
            EndedSessions::None => {}
            EndedSessions::All | EndedSessions::Others(_) => {
                tags.push(CacheTag::SessionsOf(change.user.id));
            }
        }
        run_to_completion(async move {
            let outcome = inner.commit(change).await;
            cache.invalidate(&tags).await;
            outcome
        })
        .await
    }

    async fn enqueue_notifications(
        &self,
        notifications: Vec<Notification>,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.inner.enqueue_notifications(notifications, now).await
    }
}
