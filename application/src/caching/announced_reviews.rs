//! Review repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::review::{Review, ReviewChange, ReviewRepository};
use sojourn_domain::shared::{BookingId, CommitError, RepositoryError, ReviewId};

use super::announcing::to_the_end;
use crate::ports::{Cache, Topic};

/// Invalidates cached pages of reviews, and the ratings derived from them, after every commit.
pub(super) struct AnnouncedReviews {
    pub(super) inner: Arc<dyn ReviewRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl ReviewRepository for AnnouncedReviews {
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, RepositoryError> {
        self.inner.of_booking(id).await
    }

    async fn commit(&self, change: ReviewChange) -> Result<(), CommitError> {
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        let touched = change.reviews.iter().chain(&change.withdrawn);
        let mut topics: Vec<_> = touched
            .flat_map(|it| {
                [
                    Topic::Property(it.property_id),
                    Topic::Profile(it.addressee_id),
                ]
            })
            .collect();
        topics.push(Topic::Search);
        to_the_end(async move {
            let outcome = inner.commit(change).await;
            cache.forget(&topics).await;
            outcome
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, RepositoryError> {
        self.inner.due(now, limit).await
    }
}
