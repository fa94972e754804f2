//! Payments whose stored changes are counted.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::payment::{Payment, PaymentChange, PaymentRepository};
use sojourn_domain::shared::{CommitError, PaymentId, RepositoryError};

use super::Counters;

/// Counts entries once they are stored.
pub(super) struct ObservedPayments {
    pub(super) inner: Arc<dyn PaymentRepository>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl PaymentRepository for ObservedPayments {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        let payment = change.payment.clone();
        self.inner.commit(change).await?;
        self.counters.count_entries(&payment);
        Ok(())
    }

    async fn with_pending_calls(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.inner.with_pending_calls(before, limit).await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.inner.payouts_due(now, limit).await
    }
}
