//! Reading the audit log.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::AdminError;
use super::error::operators_alone;
use crate::ports::{AuditFilter, AuditLine, Ports};

/// The lines of the audit log that fit, the newest first.
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
