//! Audit log listing.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::AdminError;
use super::error::operators_alone;
use crate::ports::{AuditFilter, AuditLine, Ports};

/// Lists audit log entries that match a filter, newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn audit_log(
    ports: &Ports,
    actor: &Actor,
    filter: AuditFilter,
    page: PageRequest,
) -> Result<Page<AuditLine>, AdminError> {
    operators_alone(actor)?;
    Ok(ports.audit.page(filter, page).await?)
}
