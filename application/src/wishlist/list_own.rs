//! Listing one's wish lists.

use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, RepositoryError};

use super::views::WishlistView;
use crate::ports::Ports;

/// The lists of the caller, the latest created first; with a property, those that hold it.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list_own(
    ports: &Ports,
    actor: &Actor,
    holding: Option<PropertyId>,
    page: PageRequest,
) -> Result<Page<WishlistView>, RepositoryError> {
    let page = ports
        .wishlists
        .of_user(actor.user_id, holding, page)
        .await?;
    Ok(page.map(WishlistView::from))
}
