//! Sharing a wish list.

use sojourn_domain::shared::{Actor, WishlistId};

use super::change::{ChangeError, change_own};
use super::views::WishlistView;
use crate::ports::Ports;

/// Shares a list of the caller by a secret token of 256 random bits. A list that is shared already keeps its token.
///
/// # Errors
/// [`ChangeError`].
pub async fn share(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    expected: Option<i64>,
) -> Result<WishlistView, ChangeError> {
    let now = ports.clock.now();
    let token = ports.ids.secret();
    change_own(ports, actor, id, expected, |list| {
        Ok(list.share(token.clone(), now))
    })
    .await
}
