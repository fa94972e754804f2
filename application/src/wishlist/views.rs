//! Wish lists as their readers see them.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::WishlistId;
use sojourn_domain::wishlist::{Wishlist, WishlistItem};

/// A wish list as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishlistView {
    /// Unique identifier.
    pub id: WishlistId,
    /// Name.
    pub name: String,
    /// Saved properties, the latest first; also those that are no longer listed.
    pub items: Vec<WishlistItem>,
    /// Secret by which the list is shared, if it is.
    pub share_token: Option<String>,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number.
    pub version: i64,
}

/// A wish list as those see it with whom it is shared: neither the account of the owner, nor the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedWishlist {
    /// Name.
    pub name: String,
    /// Saved properties, the latest first; also those that are no longer listed.
    pub items: Vec<WishlistItem>,
}

impl From<Wishlist> for WishlistView {
    fn from(list: Wishlist) -> Self {
        let record = list.into_record();
        Self {
            id: record.id,
            name: record.name,
            items: record.items,
            share_token: record.share_token,
            created_at: record.created_at,
            updated_at: record.updated_at,
            version: record.version,
        }
    }
}
