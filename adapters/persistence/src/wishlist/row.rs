//! Wish lists and their items as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::shared::RepositoryError;
use sojourn_domain::wishlist::{Wishlist, WishlistItem, WishlistRecord};

use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::{corrupt, damaged};
use crate::schema::accounts::{wishlist_items, wishlists};

/// A row of `wishlists`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = wishlists)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct WishlistRow {
    pub(super) id: UuidColumn,
    user_id: UuidColumn,
    name: String,
    share_token: Option<String>,
    pub(super) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

/// A row of `wishlist_items`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = wishlist_items, treat_none_as_default_value = false)]
pub(super) struct ItemRow {
    pub(super) wishlist_id: UuidColumn,
    property_id: UuidColumn,
    note: Option<String>,
    added_at: NaiveDateTime,
}

impl From<&Wishlist> for WishlistRow {
    fn from(list: &Wishlist) -> Self {
        Self {
            id: list.id.into(),
            user_id: list.user_id.into(),
            name: list.name.clone(),
            share_token: list.share_token.clone(),
            created_at: timestamp::to_db(list.created_at),
            updated_at: timestamp::to_db(list.updated_at),
            version: list.version,
        }
    }
}

impl WishlistRow {
    /// The list of a row and its items.
    pub(super) fn into_wishlist(self, items: Vec<ItemRow>) -> Result<Wishlist, RepositoryError> {
        let record = WishlistRecord {
            id: self.id.into(),
            user_id: self.user_id.into(),
            name: self.name,
            items: items.into_iter().map(ItemRow::into_item).collect(),
            share_token: self.share_token,
            created_at: timestamp::from_db(self.created_at),
            updated_at: timestamp::from_db(self.updated_at),
            version: self.version,
        };
        let id = UuidColumn::from(record.id);
        Wishlist::restore(record).map_err(|error| damaged("wishlists", id.0, corrupt(error)))
    }
}

impl ItemRow {
    /// The row of an item.
    pub(super) fn new(wishlist_id: UuidColumn, item: &WishlistItem) -> Self {
        Self {
            wishlist_id,
            property_id: item.property_id.into(),
            note: item.note.clone(),
            added_at: timestamp::to_db(item.added_at),
        }
    }

    fn into_item(self) -> WishlistItem {
        WishlistItem {
            property_id: self.property_id.into(),
            note: self.note,
            added_at: timestamp::from_db(self.added_at),
        }
    }
}
