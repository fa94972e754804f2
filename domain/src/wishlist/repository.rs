//! Repository of wish lists.

use async_trait::async_trait;

use crate::shared::id::{PropertyId, UserId, WishlistId};
use crate::shared::repository::{CommitError, RepositoryError};
use crate::shared::repository::{Page, PageRequest};
use crate::wishlist::wishlist::{Wishlist, WishlistChange};

/// Repository of wish lists.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait WishlistRepository: Send + Sync {
    /// Returns the list with this id.
    async fn get(&self, id: WishlistId) -> Result<Option<Wishlist>, RepositoryError>;

    /// Returns the list that is shared by this token.
    async fn shared_by(&self, token: &str) -> Result<Option<Wishlist>, RepositoryError>;

    /// Returns the lists of an account, the latest created first; with a property, those that hold it.
    async fn of_user(
        &self,
        user_id: UserId,
        holding: Option<PropertyId>,
        page: PageRequest,
    ) -> Result<Page<Wishlist>, RepositoryError>;

    /// Stores a change. Fails with [`CommitError::Stale`] if the list was changed concurrently, or if it is new and
    /// the account has [`Wishlist::MAX_LISTS`].
    async fn commit(&self, change: WishlistChange) -> Result<(), CommitError>;

    /// Deletes the list at this version. Fails with [`CommitError::Stale`] if it was changed concurrently.
    async fn delete(&self, id: WishlistId, version: i64) -> Result<(), CommitError>;
}
