//! Property repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use sojourn_domain::property::{
    Calendar, CalendarChange, Property, PropertyChange, PropertyRepository,
};
use sojourn_domain::shared::{CommitError, PropertyId, RepositoryError};

use super::announcing::to_the_end;
use crate::ports::{Cache, Topic};

/// Invalidates the cache after every commit, including the owner's profile, because `is_host`
/// depends on the properties.
pub(super) struct AnnouncedProperties {
    pub(super) inner: Arc<dyn PropertyRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl PropertyRepository for AnnouncedProperties {
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, RepositoryError> {
        self.inner.get_many(ids).await
    }

    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let (id, host) = (change.property.id, change.property.host_id);
        to_the_end(async move {
            let outcome = inner.commit(change).await;
            cache
                .forget(&[Topic::Property(id), Topic::Profile(host), Topic::Search])
                .await;
            outcome
        })
        .await
    }

    async fn delete(&self, id: PropertyId, version: i64) -> Result<(), CommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        to_the_end(async move {
            let host = inner.get(id).await?.map(|property| property.host_id);
            let outcome = inner.delete(id, version).await;
            let topics = [Topic::Property(id), Topic::Search];
            let topics: Vec<_> = topics.into_iter().chain(host.map(Topic::Profile)).collect();
            cache.forget(&topics).await;
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
    ) -> Result<(), CommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        to_the_end(async move {
            let outcome = inner.commit_calendar(id, change).await;
            cache.forget(&[Topic::Search]).await;
            outcome
        })
        .await
    }
}
