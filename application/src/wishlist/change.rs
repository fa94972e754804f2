//! Changing a list of the caller.

use sojourn_domain::shared::{Actor, RepositoryError, Violations, WishlistId};
use sojourn_domain::wishlist::{Wishlist, WishlistChange, WishlistError};

use super::find::{FindError, find_own};
use super::views::WishlistView;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of changing a wish list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// No such list of the caller, or no such property.
    #[error("no such wish list or property")]
    NotFound,
    /// The stored version differs from the expected one.
    #[error("the wish list was changed concurrently")]
    Outdated,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The list has as many properties as one may have.
    #[error("a wish list holds at most {} properties", Wishlist::MAX_ITEMS)]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ChangeError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Outdated => Failure::outdated(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Full => {
                let most = Wishlist::MAX_ITEMS;
                Failure::conflict(
                    "wishlist_full",
                    format!("The wish list holds {most} properties. Remove one first."),
                )
            }
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<FindError> for ChangeError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::Store(error) => Self::Store(error),
        }
    }
}

impl From<WishlistError> for ChangeError {
    fn from(error: WishlistError) -> Self {
        match error {
            WishlistError::Invalid(found) => Self::Invalid(found),
            WishlistError::Full => Self::Full,
            WishlistError::Repeated(_) => Self::Store(RepositoryError::Internal(error.to_string())),
        }
    }
}

/// Loads a list of the caller, decides, and stores the change. A decision of `None` changes nothing, and a repeated
/// request answers with the list as it is.
pub(super) async fn change_own(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    expected: Option<i64>,
    decide: impl Fn(&Wishlist) -> Result<Option<WishlistChange>, WishlistError>,
) -> Result<WishlistView, ChangeError> {
    let decide = &decide;
    retry_on_conflict(|| async move {
        let list = find_own(ports, actor, id).await?;
        if attempt::is_done() {
            return Ok(Some(list.into()));
        }
        if expected.is_some_and(|version| version != list.version) {
            return Err(ChangeError::Outdated);
        }
        let Some(change) = decide(&list)? else {
            return Ok(Some(list.into()));
        };
        let changed = WishlistView::from(change.wishlist().clone());
        Ok(unless_stale(ports.wishlists.commit(change).await, changed)?)
    })
    .await
}
