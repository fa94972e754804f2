//! Creating a wish list.

use sojourn_domain::shared::{Actor, CommitError, RepositoryError, Violations, WishlistId};
use sojourn_domain::wishlist::{Wishlist, WishlistError};

use super::views::WishlistView;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of creating a wish list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// Invalid name.
    #[error("{0}")]
    Invalid(Violations),
    /// The account has as many lists as one may have.
    #[error("an account has at most {} wish lists", Wishlist::MAX_LISTS)]
    TooMany,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CreateError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::TooMany => {
                let most = Wishlist::MAX_LISTS;
                Failure::conflict(
                    "too_many_wishlists",
                    format!("You have {most} wish lists. Delete one first."),
                )
            }
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<WishlistError> for CreateError {
    fn from(error: WishlistError) -> Self {
        match error {
            WishlistError::Invalid(found) => Self::Invalid(found),
            // An empty list is neither.
            WishlistError::Full | WishlistError::Repeated(_) => {
                Self::Store(RepositoryError::Internal(error.to_string()))
            }
        }
    }
}

/// Creates an empty list of the caller. A repeated request gets the list that it created.
///
/// # Errors
/// [`CreateError`].
pub async fn create(
    ports: &Ports,
    actor: &Actor,
    name: String,
) -> Result<WishlistView, CreateError> {
    let made = attempt::prior().map(|made| WishlistId::new(made.id));
    let id = made.unwrap_or_else(|| WishlistId::new(ports.ids.uuid()));
    let change = Wishlist::create(id, actor.user_id, name, ports.clock.now())?;
    if made.is_some() {
        let stored = ports.wishlists.get(id).await?;
        let own = stored.filter(|list| list.user_id == actor.user_id);
        return Ok(own.unwrap_or_else(|| change.into_wishlist()).into());
    }
    let list = change.wishlist().clone();
    match ports.wishlists.commit(change).await {
        Ok(()) => Ok(list.into()),
        Err(CommitError::Stale) => Err(CreateError::TooMany),
        Err(CommitError::Repository(error)) => Err(error.into()),
    }
}
