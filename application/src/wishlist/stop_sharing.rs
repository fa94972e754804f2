//! Ending the sharing of a wish list.

use sojourn_domain::shared::{Actor, WishlistId};

use super::change::{ChangeError, change_own};
use super::views::WishlistView;
use crate::ports::Ports;

/// Makes the token of a list void. A list that is not shared stays as it is.
///
/// # Errors
/// [`ChangeError`].
pub async fn stop_sharing(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    expected: Option<i64>,
) -> Result<WishlistView, ChangeError> {
    let now = ports.clock.now();
    change_own(
        ports,
        actor,
        id,
        expected,
        |list| Ok(list.stop_sharing(now)),
    )
    .await
}
