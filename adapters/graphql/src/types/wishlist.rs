//! Wish lists.

use async_graphql::{Context, Object};
use sojourn_application::wishlist::{self, WishlistView};
use sojourn_domain::wishlist::WishlistItem as Item;

use super::property::{Property, property_of};
use crate::context::{ApiResult, Connection, connection, page_complexity, page_request};
use crate::scalars::{Id, Instant};

/// A named list of properties of the caller.
pub(crate) struct Wishlist(WishlistView);

impl From<WishlistView> for Wishlist {
    fn from(view: WishlistView) -> Self {
        Self(view)
    }
}

/// A named list of properties of the caller.
#[Object]
impl Wishlist {
    /// Id of the list.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Name of the list.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Ids of the saved properties, at most 100, the latest saved first.
    async fn property_ids(&self) -> Vec<Id> {
        let items = self.0.items.iter();
        items.map(|item| item.property_id.into()).collect()
    }

    /// Saved properties with their notes, the latest saved first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<WishlistItem>> {
        let plan = page_request(ctx, &self.0.id.to_string(), first, after.as_deref())?;
        let page = wishlist::page_of(self.0.items.clone(), &plan.request);
        Ok(connection(ctx, plan, page, WishlistItem))
    }

    /// Token by which everyone who has it may read the list; null while it is not shared.
    async fn share_token(&self) -> Option<&str> {
        self.0.share_token.as_deref()
    }

    /// Time of creation.
    async fn created_at(&self) -> Instant {
        self.0.created_at.into()
    }

    /// Time of the last change.
    async fn updated_at(&self) -> Instant {
        self.0.updated_at.into()
    }

    /// Version, incremented by every change.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// A saved property.
pub(crate) struct WishlistItem(Item);

/// A saved property.
#[Object]
impl WishlistItem {
    /// Id of the property.
    async fn property_id(&self) -> Id {
        self.0.property_id.into()
    }

    /// The property; null if the caller may not see it, for example because it is no longer listed.
    async fn property(&self, ctx: &Context<'_>) -> ApiResult<Option<Property>> {
        property_of(ctx, self.0.property_id).await
    }

    /// Note of the owner of the list.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Time at which the property was saved.
    async fn added_at(&self) -> Instant {
        self.0.added_at.into()
    }
}

/// A wish list that is shared, without its owner.
pub(crate) struct SharedWishlist {
    token: String,
    view: wishlist::SharedWishlist,
}

impl SharedWishlist {
    /// The list that is shared by a token.
    pub(crate) const fn new(token: String, view: wishlist::SharedWishlist) -> Self {
        Self { token, view }
    }
}

/// A wish list that is shared, without its owner.
#[Object]
impl SharedWishlist {
    /// Name of the list.
    async fn name(&self) -> &str {
        &self.view.name
    }

    /// Saved properties with their notes, the latest saved first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<WishlistItem>> {
        let plan = page_request(ctx, &self.token, first, after.as_deref())?;
        let page = wishlist::page_of(self.view.items.clone(), &plan.request);
        Ok(connection(ctx, plan, page, WishlistItem))
    }
}
