//! Listing refunds.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::AdminError;
use super::error::operators_alone;
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
    operators_alone(actor)?;
    Ok(ports.queries.refunds(page).await?)
}
