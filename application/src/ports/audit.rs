//! The audit log.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    AuditAction, AuditEntry, AuditSubject, Page, PageRequest, StoreError, UserId,
};

/// A line of the log as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number, from 1 on without a gap.
    pub number: i64,
    /// What was written down.
    pub entry: AuditEntry,
    /// SHA-256 over the line before it and this one, in hexadecimal.
    pub hash: String,
}

/// Which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Of what this account did.
    pub actor: Option<UserId>,
    /// Of what was done to this.
    pub subject: Option<AuditSubject>,
    /// Of this action.
    pub action: Option<AuditAction>,
    /// Not before this instant.
    pub from: Option<DateTime<Utc>>,
}

/// What an examination of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// How many lines there are.
    pub lines: u64,
    /// The hash of the last: whoever notes it down elsewhere will notice when lines before it are changed.
    pub head: Option<String>,
    /// The number of the first line that is missing, changed or out of order; nothing when the chain is whole.
    pub broken_at: Option<i64>,
}

/// The log of who did what. Lines are added, never changed, and each names the one before it by its hash.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Writes something down that no stored change goes with.
    async fn append(&self, entry: AuditEntry) -> Result<(), StoreError>;

    /// Lines in pages, the newest first.
    async fn page(
        &self,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, StoreError>;

    /// Computes the chain anew, from the first line to the last.
    async fn examine(&self) -> Result<AuditChain, StoreError>;
}
