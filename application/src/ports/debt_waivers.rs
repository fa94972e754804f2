//! Waivers of hosts' debts.

use async_trait::async_trait;
use sojourn_domain::ledger::JournalEntry;
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{AuditEntry, CommitError};

/// A waiver of a host's debts in one currency, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtWaiver {
    /// The host's account as loaded with the debts.
    pub host_account: HostAccount,
    /// Journal entries to post, at least one.
    pub journal: Vec<JournalEntry>,
    /// Audit entry to record.
    pub audit: AuditEntry,
}

/// Stores waivers.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait DebtWaivers: Send + Sync {
    /// Stores the waiver. Fails with [`CommitError::Stale`] when the host's debts changed
    /// concurrently.
    async fn commit(&self, waiver: DebtWaiver) -> Result<(), CommitError>;
}
