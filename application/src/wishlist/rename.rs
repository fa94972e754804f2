//! Renaming a wish list.

use sojourn_domain::shared::{Actor, WishlistId};

use super::change::{ChangeError, change_own};
use super::views::WishlistView;
use crate::ports::Ports;

/// Changes the name of a list of the caller; without a name, nothing.
///
/// # Errors
/// [`ChangeError`].
pub async fn rename(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    name: Option<String>,
    expected: Option<i64>,
) -> Result<WishlistView, ChangeError> {
    let now = ports.clock.now();
    change_own(ports, actor, id, expected, |list| {
        let name = name.clone().filter(|name| *name != list.name);
        name.map(|name| list.rename(name, now)).transpose()
    })
    .await
}
