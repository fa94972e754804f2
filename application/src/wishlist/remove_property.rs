//! Removing a property from a wish list.

use sojourn_domain::shared::{Actor, PropertyId, WishlistId};

use super::change::{ChangeError, change_own};
use super::views::WishlistView;
use crate::ports::Ports;

/// Removes a property from a list of the caller. Removing one that is not in it changes nothing.
///
/// # Errors
/// [`ChangeError`].
pub async fn remove_property(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    property_id: PropertyId,
    expected: Option<i64>,
) -> Result<WishlistView, ChangeError> {
    let now = ports.clock.now();
    change_own(ports, actor, id, expected, |list| {
        Ok(list.remove(property_id, now))
    })
    .await
}
