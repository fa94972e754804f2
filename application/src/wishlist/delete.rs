//! Deleting a wish list.

use sojourn_domain::shared::{Actor, WishlistId};

use super::change::ChangeError;
use super::find::find_own;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Deletes a list of the caller.
///
/// # Errors
/// [`ChangeError`].
pub async fn delete(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    expected: Option<i64>,
) -> Result<(), ChangeError> {
    retry_on_conflict(|| async move {
        let list = find_own(ports, actor, id).await?;
        if expected.is_some_and(|version| version != list.version) {
            return Err(ChangeError::Outdated);
        }
        let deleted = ports.wishlists.delete(id, list.version).await;
        Ok(unless_stale(deleted, ())?)
    })
    .await
}
