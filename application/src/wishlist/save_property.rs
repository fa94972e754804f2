//! Saving a property in a wish list.

use sojourn_domain::shared::{Actor, PropertyId, WishlistId};

use super::change::{ChangeError, change_own};
use super::views::WishlistView;
use crate::ports::Ports;
use crate::property::{self, GetError};

/// Saves a property that the caller may see, with a note or without. If it is saved already, its note is replaced.
///
/// # Errors
/// [`ChangeError`].
pub async fn save_property(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    property_id: PropertyId,
    note: Option<String>,
    expected: Option<i64>,
) -> Result<WishlistView, ChangeError> {
    match property::get(ports, Some(actor), property_id).await {
        Ok(_) => {}
        Err(GetError::NotFound) => return Err(ChangeError::NotFound),
        Err(GetError::Store(error)) => return Err(error.into()),
    }
    let now = ports.clock.now();
    change_own(ports, actor, id, expected, |list| {
        list.save(property_id, note.clone(), now).map(Some)
    })
    .await
}
