//! The audit log.

use async_trait::async_trait;
use sojourn_application::ports::{AuditChain, AuditFilter, AuditHead, AuditLine, AuditLog};
use sojourn_domain::shared::{AuditEntry, Page, PageRequest, RepositoryError};

use super::append::record;
use super::chain::{ChainCheck, load_after, load_head};
use super::queries::list_lines;
use crate::engine::database::Database;

#[async_trait]
impl AuditLog for Database {
    async fn append(&self, entry: AuditEntry) -> Result<(), RepositoryError> {
        self.write(move |conn| record(conn, &entry)).await
    }

    async fn page(
        &self,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, RepositoryError> {
        self.read(move |conn| list_lines(conn, filter, &page)).await
    }

    async fn head(&self) -> Result<Option<AuditHead>, RepositoryError> {
        self.read(load_head).await
    }

    async fn verify_chain(&self) -> Result<AuditChain, RepositoryError> {
        let mut check = ChainCheck::default();
        loop {
            let last = check.number;
            let rows = self.read(move |conn| load_after(conn, last)).await?;
            if rows.is_empty() {
                return Ok(check.finish());
            }
            for row in rows {
                check.check(row)?;
            }
        }
    }
}
