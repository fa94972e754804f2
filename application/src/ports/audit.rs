//! The audit log.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    AuditAction, AuditEntry, AuditSubject, Page, PageRequest, RepositoryError, UserId,
};

/// A stored line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Sequence number, starting at 1 without gaps.
    pub number: i64,
    /// The recorded entry.
    pub entry: AuditEntry,
    /// SHA-256 over the previous line's hash and this entry, in hexadecimal.
    pub hash: String,
}

/// Filter for audit log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// By this account.
    pub actor: Option<UserId>,
    /// On this subject.
    pub subject: Option<AuditSubject>,
    /// With this action.
    pub action: Option<AuditAction>,
    /// At or after this instant.
    pub from: Option<DateTime<Utc>>,
}

/// Result of verifying the hash chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// Number of lines.
    pub lines: u64,
    /// Hash of the last line; storing it elsewhere reveals later tampering with earlier lines.
    pub head: Option<String>,
    /// Number of the first line that is missing, changed or out of order; `None` if the chain is
    /// intact.
    pub broken_at: Option<i64>,
}

/// The audit log. Append-only; each line contains the hash of the previous one.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Appends an entry that is not part of another commit.
    async fn append(&self, entry: AuditEntry) -> Result<(), RepositoryError>;

    /// Lines in pages, newest first.
    async fn page(
        &self,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, RepositoryError>;

    /// Recomputes and verifies the whole hash chain.
    async fn verify_chain(&self) -> Result<AuditChain, RepositoryError>;
}
