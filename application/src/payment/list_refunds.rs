//! Listing refunds.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use crate::access::{AdminError, require_admin};
use crate::ports::{Ports, RefundView};

/// Lists all refunds, newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_refunds(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<RefundView>, AdminError> {
    require_admin(actor)?;
    Ok(ports.payment_queries.refunds(page).await?)
}
