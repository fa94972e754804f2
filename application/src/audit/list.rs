//! Audit log listing.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use crate::access::{AdminError, require_admin};
use crate::ports::{AuditFilter, AuditLine, Ports};

/// Lists audit log entries that match a filter, newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    filter: AuditFilter,
    page: PageRequest,
) -> Result<Page<AuditLine>, AdminError> {
    require_admin(actor)?;
    Ok(ports.audit.page(filter, page).await?)
}
