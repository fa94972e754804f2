//! Wish lists: named lists of properties that an account saves, and may share.

#[cfg(feature = "repositories")]
pub(crate) mod repository;
pub(crate) mod wishlist;
#[cfg(test)]
mod wishlist_tests;

#[cfg(feature = "mocks")]
pub use repository::MockWishlistRepository;
#[cfg(feature = "repositories")]
pub use repository::WishlistRepository;
pub use wishlist::{
    Wishlist, WishlistChange, WishlistError, WishlistItem, WishlistItemChange, WishlistRecord,
};
