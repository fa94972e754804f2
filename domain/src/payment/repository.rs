//! Where payments are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Payment;
use crate::booking::Booking;
use crate::ledger::JournalEntry;
use crate::shared::{AuditEntry, CommitError, Currency, PaymentId, StoreError, UserId};

/// A decision about a payment that its booking does not go with, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentChange {
    /// The payment as it is to be, at the version after the one that was read.
    pub payment: Payment,
    /// What it posts.
    pub journal: Vec<JournalEntry>,
    /// The host's account as it was read, when what the host owes had a part in the decision.
    pub host_account: Option<HostAccount>,
    /// What is written down about it.
    pub audit: Option<AuditEntry>,
}

/// What a host owes in one currency is kept back once: whoever keeps it back names the version that was read,
/// and the account goes on to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostAccount {
    /// The host.
    pub host_id: UserId,
    /// The currency.
    pub currency: Currency,
    /// Counts the decisions; 0 before the first.
    pub version: i64,
}

/// Where payments are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentRepository: Send + Sync {
    /// The payment with this id.
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, StoreError>;

    /// The payment and its booking, as they are at one instant.
    async fn with_booking(&self, id: PaymentId) -> Result<Option<(Booking, Payment)>, StoreError>;

    /// Stores a change that its booking does not go with, whole or not at all: [`CommitError::Stale`] when the
    /// payment, or the host's account, changed meanwhile.
    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError>;

    /// Payments with a call that was decided before an instant and not answered since, the oldest first: what a
    /// crash or a silent gateway left.
    async fn unanswered(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError>;

    /// Payments with a payout that is scheduled and due, the longest due first.
    async fn payouts_due(&self, now: DateTime<Utc>, limit: u32)
    -> Result<Vec<Payment>, StoreError>;
}
