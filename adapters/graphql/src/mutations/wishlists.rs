//! Mutations of wish lists.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::wishlist;

use super::payload::{DonePayload, WishlistPayload, begin};
use crate::context::ApiResult;
use crate::scalars::Id;

/// A new wish list.
#[derive(InputObject)]
pub(crate) struct CreateWishlistInput {
    /// Name of the list, 1 to 100 characters.
    name: String,
}

/// A new name of a wish list.
#[derive(InputObject)]
pub(crate) struct RenameWishlistInput {
    /// Id of the list.
    wishlist_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Name of the list, 1 to 100 characters.
    name: String,
}

/// A wish list to change.
#[derive(InputObject)]
pub(crate) struct WishlistInput {
    /// Id of the list.
    wishlist_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
}

/// A property to save.
#[derive(InputObject)]
pub(crate) struct SavePropertyInput {
    /// Id of the list.
    wishlist_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Id of the property.
    property_id: Id,
    /// Note on the property, 1 to 500 characters; none if absent or null.
    note: Option<String>,
}

/// A property to remove from a wish list.
#[derive(InputObject)]
pub(crate) struct RemovePropertyInput {
    /// Id of the list.
    wishlist_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Id of the property.
    property_id: Id,
}

#[derive(Default)]
pub(crate) struct WishlistMutations;

#[Object]
impl WishlistMutations {
    /// Creates a wish list. An account has at most 50.
    async fn create_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: CreateWishlistInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let view = wishlist::create(&call.ports, call.actor()?, input.name).await?;
        Ok(view.into())
    }

    /// Renames a wish list.
    async fn rename_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name.")] input: RenameWishlistInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        let (name, expected) = (Some(input.name), input.expected_version);
        let view = wishlist::rename(&call.ports, actor, id, name, expected).await?;
        Ok(view.into())
    }

    /// Deletes a wish list with its items.
    async fn delete_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: WishlistInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        wishlist::delete(&call.ports, actor, id, input.expected_version).await?;
        Ok(DonePayload::DONE)
    }

    /// Saves a property in a wish list, with a note or without. A list holds at most 100.
    async fn save_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property.")] input: SavePropertyInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        let (property, expected) = (input.property_id.into(), input.expected_version);
        let view =
            wishlist::save_property(&call.ports, actor, id, property, input.note, expected).await?;
        Ok(view.into())
    }

    /// Removes a property from a wish list. Removing one that is not in it changes nothing.
    async fn remove_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property.")] input: RemovePropertyInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        let (property, expected) = (input.property_id.into(), input.expected_version);
        let view = wishlist::remove_property(&call.ports, actor, id, property, expected).await?;
        Ok(view.into())
    }

    /// Shares a wish list by a token. A list that is shared already keeps its token.
    async fn share_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: WishlistInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        let view = wishlist::share(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Makes the token of a wish list void.
    async fn stop_sharing_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: WishlistInput,
    ) -> ApiResult<WishlistPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.wishlist_id.into());
        let view = wishlist::stop_sharing(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }
}
