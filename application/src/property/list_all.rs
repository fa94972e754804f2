//! Listing properties in any status.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::views::PropertyView;
use crate::access::{AdminError, require_admin};
use crate::ports::{Ports, PropertyFilter};

/// Properties in any status, the newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_all(
    ports: &Ports,
    actor: &Actor,
    filter: PropertyFilter,
    page: PageRequest,
) -> Result<Page<PropertyView>, AdminError> {
    require_admin(actor)?;
    let page = ports.property_queries.properties(filter, page).await?;
    Ok(page.map(PropertyView::whole))
}
