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
    /// SHA-256 over the previous line's hash and this entry, in hexadecimal. It is stored with a
    /// seal: its HMAC under a key that is not in the database.
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
    /// Number of the lines that were recorded before lines were sealed; the seal of a later line
    /// authenticates them only as they were then.
    pub unsealed: u64,
    /// Number of the first line that is missing, changed, out of order or not authenticated by a
    /// seal; `None` if the log is intact.
    pub broken_at: Option<i64>,
}

/// State of a line's seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditSeal {
    /// Made with the current secret.
    Current,
    /// Made with an earlier secret that is still configured.
    Earlier,
    /// None: the log was last written before lines were sealed.
    Missing,
    /// Made with none of the configured secrets.
    Invalid,
}

/// The last line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// Its sequence number, which is the number of lines.
    pub number: i64,
    /// Its hash.
    pub hash: String,
    /// Its seal, which authenticates all lines up to this one.
    pub seal: AuditSeal,
}

/// The audit log. Append-only; each line contains the hash of the previous one, and a seal.
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

    /// The last line; `None` while there is none.
    async fn head(&self) -> Result<Option<AuditHead>, RepositoryError>;

    /// Recomputes and verifies the whole hash chain.
    async fn verify_chain(&self) -> Result<AuditChain, RepositoryError>;
}
