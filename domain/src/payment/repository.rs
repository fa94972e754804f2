//! Repository of payments.

#[cfg(feature = "repositories")]
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::journal::entry::JournalEntry;
use crate::payment::payment::Payment;
use crate::shared::audit::AuditEntry;
use crate::shared::currency::Currency;
use crate::shared::id::{PaymentId, UserId};
use crate::shared::repository::{CommitError, RepositoryError};

/// A change of a payment without a change of its booking, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct PaymentChange {
    /// The changed payment, at the version after the one that was loaded.
    pub payment: Payment,
    /// Journal entries to post.
    pub journal: Vec<JournalEntry>,
    /// The host account as loaded, if the host's debts affected the decision.
    pub host_account: Option<HostAccount>,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
}

/// Optimistic lock on a host's debts in one currency: a withholding states the version that was
/// loaded and increments it, so that no debt is withheld twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostAccount {
    /// The host.
    pub host_id: UserId,
    /// The currency.
    pub currency: Currency,
    /// Number of decisions; 0 before the first.
    pub version: i64,
}

/// Repository of payments.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentRepository: Send + Sync {
    /// Returns the payment with this id.
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, RepositoryError>;

    /// Stores the change atomically. Fails with [`CommitError::Stale`] when the payment or the host
    /// account changed concurrently.
    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError>;

    /// Returns payments with a call that was decided before an instant and has no outcome, the
    /// oldest first, as after a crash or a gateway timeout.
    async fn with_pending_calls(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError>;

    /// Returns payments with a scheduled payout that is due, the longest due first.
    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError>;
}
