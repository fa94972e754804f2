//! Where payments are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Payment;
use crate::shared::{BookingId, CommitError, PaymentId, StoreError};

/// Where payments are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentRepository: Send + Sync {
    /// The payment with this id.
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, StoreError>;

    /// The payment of a booking.
    async fn of_booking(&self, id: BookingId) -> Result<Option<Payment>, StoreError>;

    /// Stores a change that its booking does not go with: [`CommitError::Stale`] when it changed meanwhile.
    async fn commit(&self, payment: Payment) -> Result<(), CommitError>;

    /// Payments with a call that was decided before an instant and not answered since, the oldest first: what a
    /// crash or a silent gateway left.
    async fn unanswered(&self, before: DateTime<Utc>, limit: u32) -> Result<Vec<Payment>, StoreError>;
}
