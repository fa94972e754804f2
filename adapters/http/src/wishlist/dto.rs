//! Wish lists as JSON.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::wishlist::WishlistView;
use sojourn_domain::shared::{PropertyId, WishlistId};
use sojourn_domain::wishlist::WishlistItem;
use utoipa::ToSchema;

use crate::etag;
use crate::property::PropertyDto;

/// A named list of properties, of one account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Wishlist)]
pub struct WishlistDto {
    /// Id of the list.
    #[schema(value_type = String, format = "uuid")]
    pub id: WishlistId,
    /// Name of the list.
    pub name: String,
    /// Ids of the saved properties, the latest saved first.
    #[schema(value_type = Vec<String>, max_items = 100)]
    pub property_ids: Vec<PropertyId>,
    /// Token by which everyone who has it may read the list; null while it is not shared.
    pub share_token: Option<String>,
    /// Time of creation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
}

/// A page of wish lists.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishlistList {
    /// Items on this page.
    pub data: Vec<WishlistDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A saved property.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WishlistItem)]
pub struct WishlistItemDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Note of the owner of the list.
    pub note: Option<String>,
    /// Time at which the property was saved (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub added_at: DateTime<Utc>,
    /// The property, with `expand=property`; absent if the caller may not see it, for example because it is no longer
    /// listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub property: Option<Box<PropertyDto>>,
}

/// A page of saved properties.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishlistItemList {
    /// Items on this page.
    pub data: Vec<WishlistItemDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A wish list that is shared, with a page of its properties.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharedWishlist)]
pub struct SharedWishlistDto {
    /// Name of the list.
    pub name: String,
    /// Items on this page, the latest saved first.
    pub data: Vec<WishlistItemDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A wish list in the export of its account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportedWishlist)]
pub struct ExportedWishlistDto {
    /// Id of the list.
    #[schema(value_type = String, format = "uuid")]
    pub id: WishlistId,
    /// Name of the list.
    pub name: String,
    /// Saved properties, the latest saved first.
    #[schema(max_items = 100)]
    pub items: Vec<WishlistItemDto>,
    /// Time of creation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
}

impl From<WishlistView> for ExportedWishlistDto {
    fn from(view: WishlistView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            items: view.items.into_iter().map(Into::into).collect(),
            created_at: view.created_at,
        }
    }
}

/// The answer of a wish list, with its version as entity tag.
pub(super) fn respond_with_wishlist(request: &HttpRequest, view: &WishlistView) -> HttpResponse {
    let body = WishlistDto::from(view);
    etag::respond(request, StatusCode::OK, view.version, &body)
}

impl From<&WishlistView> for WishlistDto {
    fn from(view: &WishlistView) -> Self {
        Self {
            id: view.id,
            name: view.name.clone(),
            property_ids: view.items.iter().map(|item| item.property_id).collect(),
            share_token: view.share_token.clone(),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

impl From<WishlistItem> for WishlistItemDto {
    fn from(item: WishlistItem) -> Self {
        Self {
            property_id: item.property_id,
            note: item.note,
            added_at: item.added_at,
            property: None,
        }
    }
}
