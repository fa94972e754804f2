//! Reading a wish list.

use sojourn_domain::shared::{Actor, WishlistId};

use super::find::{FindError, find_own};
use super::views::WishlistView;
use crate::ports::Ports;

/// A list of the caller.
///
/// # Errors
/// [`FindError`].
pub async fn get(ports: &Ports, actor: &Actor, id: WishlistId) -> Result<WishlistView, FindError> {
    Ok(find_own(ports, actor, id).await?.into())
}
