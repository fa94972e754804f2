//! Property repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarCommitError, Property, PropertyChange, PropertyDeletion,
    PropertyDeletionError, PropertyRepository,
};
use sojourn_domain::shared::{CommitError, PropertyId, RepositoryError};

use super::invalidation::run_to_completion;
use crate::ports::{Cache, CacheTag};

/// Invalidates the cache after every commit, including the owner's profile, because `is_host`
/// depends on the properties.
pub(super) struct InvalidatingProperties {
    pub(super) inner: Arc<dyn PropertyRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl PropertyRepository for InvalidatingProperties {
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, RepositoryError> {
        self.inner.get_many(ids).await
    }

    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let (id, host) = (change.property.id, change.property.host_id);
        run_to_completion(async move {
            let outcome = inner.commit(change).await;
            cache
                .invalidate(&[
                    CacheTag::Property(id),
                    CacheTag::Profile(host),
                    CacheTag::Search,
                ])
                .await;
            outcome
        })
        .await
    }

    async fn delete(&self, deletion: PropertyDeletion) -> Result<(), PropertyDeletionError> {
        let id = deletion.id;
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        run_to_completion(async move {
            let host = inner.get(id).await?.map(|property| property.host_id);
            let outcome = inner.delete(deletion).await;
            let tags = [CacheTag::Property(id), CacheTag::Search];
            let tags: Vec<_> = tags
                .into_iter()
                .chain(host.map(CacheTag::Profile))
                .collect();
            cache.invalidate(&tags).await;
            outcome
        })
        .await
    }

    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, RepositoryError> {
        self.inner.calendar(id, from, to).await
    }

    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CalendarCommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        run_to_completion(async move {
            let outcome = inner.commit_calendar(id, change).await;
            cache.invalidate(&[CacheTag::Search]).await;
            outcome
        })
        .await
    }
}
