//! Reading a wish list that is shared.

use super::find::FindError;
use super::views::SharedWishlist;
use crate::ports::Ports;

/// Maximum length of a token, in bytes; longer ones are not looked up.
const MAX_TOKEN: usize = 64;

/// The list that is shared by a token, for everyone who has the token.
///
/// # Errors
/// [`FindError::NotFound`] if no list is, or no longer, shared by the token.
pub async fn get_shared(ports: &Ports, token: &str) -> Result<SharedWishlist, FindError> {
    if token.is_empty() || token.len() > MAX_TOKEN {
        return Err(FindError::NotFound);
    }
    let list = ports.wishlists.shared_by(token).await?;
    let list = list.ok_or(FindError::NotFound)?.into_record();
    Ok(SharedWishlist {
        name: list.name,
        items: list.items,
    })
}
