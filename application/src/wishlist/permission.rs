//! Permission to change a wish list, before its input is judged.

use sojourn_domain::shared::{Actor, WishlistId};

use super::find::{FindError, find_own};
use crate::ports::Ports;

/// Permits a change of a list to its owner.
///
/// # Errors
/// [`FindError`].
pub async fn permit_change(ports: &Ports, actor: &Actor, id: WishlistId) -> Result<(), FindError> {
    find_own(ports, actor, id).await?;
    Ok(())
}
