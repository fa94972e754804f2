//! Listing properties in any status.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::AdminError;
use super::error::operators_alone;
use crate::ports::{Ports, PropertyFilter};

/// Properties in any status, the newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_properties(
    ports: &Ports,
    actor: &Actor,
    filter: PropertyFilter,
    page: PageRequest,
) -> Result<Page<Property>, AdminError> {
    operators_alone(actor)?;
    Ok(ports.queries.properties(filter, page).await?)
}
