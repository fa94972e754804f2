//! An audit log whose refused logins are counted.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{AuditChain, AuditFilter, AuditHead, AuditLine, AuditLog};
use sojourn_domain::shared::{AuditAction, AuditEntry, Page, PageRequest, RepositoryError};

use super::Counters;

/// Counts refused logins by the reason that is recorded.
pub(super) struct ObservedAudit {
    pub(super) inner: Arc<dyn AuditLog>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl AuditLog for ObservedAudit {
    async fn append(&self, entry: AuditEntry) -> Result<(), RepositoryError> {
        if entry.action == AuditAction::LoginRefused {
            let reason = entry.after.as_deref().unwrap_or("refused");
            self.counters.count_login(&reason.replace(' ', "_"));
        }
        self.inner.append(entry).await
    }

    async fn page(
        &self,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, RepositoryError> {
        self.inner.page(filter, page).await
    }

    async fn head(&self) -> Result<Option<AuditHead>, RepositoryError> {
        self.inner.head().await
    }

    async fn verify_chain(&self) -> Result<AuditChain, RepositoryError> {
        self.inner.verify_chain().await
    }
}
