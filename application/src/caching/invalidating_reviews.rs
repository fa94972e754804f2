//! Review repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::review::{Review, ReviewChange, ReviewCommitError, ReviewRepository};
use sojourn_domain::shared::{BookingId, RepositoryError, ReviewId};

use super::invalidation::run_to_completion;
use crate::ports::{Cache, CacheTag};

/// Invalidates cached pages of reviews, and the ratings derived from them, after every commit.
pub(super) struct InvalidatingReviews {
    pub(super) inner: Arc<dyn ReviewRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl ReviewRepository for InvalidatingReviews {
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, RepositoryError> {
        self.inner.of_booking(id).await
    }

    async fn commit(&self, change: ReviewChange) -> Result<(), ReviewCommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let touched = change.reviews.iter().chain(&change.withdrawn);
        let mut tags: Vec<_> = touched
            .flat_map(|it| {
                [
                    CacheTag::Property(it.property_id),
                    CacheTag::Profile(it.addressee_id),
                ]
            })
            .collect();
        tags.push(CacheTag::Search);
        run_to_completion(async move {
            let outcome = inner.commit(change).await;
            cache.invalidate(&tags).await;
            outcome
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, RepositoryError> {
        self.inner.due(now, limit).await
    }
}
