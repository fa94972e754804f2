//! Finding a list of the caller.

use sojourn_domain::shared::{Actor, RepositoryError, WishlistId};
use sojourn_domain::wishlist::Wishlist;

use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of reading a wish list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// No such list, or it is not the caller's.
    #[error("no such wish list")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for FindError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The list, if it is the caller's. Lists are private: operators do not see those of others either.
pub(super) async fn find_own(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
) -> Result<Wishlist, FindError> {
    let list = ports.wishlists.get(id).await?;
    list.filter(|list| list.user_id == actor.user_id)
        .ok_or(FindError::NotFound)
}
