//! Booking repository that invalidates the cache.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingCommitError, BookingRepository, NightsChange,
};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{BookingId, PaymentId, RepositoryError};

use super::invalidation::run_to_completion;
use crate::ports::{Cache, CacheTag};

/// Invalidates cached searches when bookings claim or free nights. No other cached response depends
/// on bookings.
pub(super) struct InvalidatingBookings {
    pub(super) inner: Arc<dyn BookingRepository>,
    pub(super) cache: Arc<dyn Cache>,
}

#[async_trait]
impl BookingRepository for InvalidatingBookings {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, RepositoryError> {
        self.inner.with_payment(id).await
    }

    async fn of_payment(
        &self,
        id: PaymentId,
    ) -> Result<Option<(Booking, Payment)>, RepositoryError> {
        self.inner.of_payment(id).await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), BookingCommitError> {
        if *change.nights() == NightsChange::Keep {
            return self.inner.commit(change).await;
        }
        let (inner, cache) = (Arc::clone(&self.inner), Arc::clone(&self.cache));
        run_to_completion(async move {
            let outcome = inner.commit(change).await;
            cache.invalidate(&[CacheTag::Search]).await;
            outcome
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, RepositoryError> {
        self.inner.due(now, limit).await
    }
}
