//! Bookings whose stored changes are counted.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, BookingCommitError, BookingRepository};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{BookingId, PaymentId, RepositoryError};

use super::Counters;

/// Counts transitions and payment entries once they are stored.
pub(super) struct ObservedBookings {
    pub(super) inner: Arc<dyn BookingRepository>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl BookingRepository for ObservedBookings {
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
        let (booking, payment) = (change.booking().clone(), change.payment().cloned());
        self.inner.commit(change).await?;
        self.counters.count_transitions(&booking);
        if let Some(payment) = payment {
            self.counters.count_entries(&payment);
        }
        Ok(())
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, RepositoryError> {
        self.inner.due(now, limit).await
    }
}
