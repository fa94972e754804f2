//! Queries of wish lists.

use async_graphql::{Context, Object};
use sojourn_application::wishlist;

use crate::context::{
    ApiResult, CallExt, Connection, connection, found, page_complexity, page_request,
};
use crate::scalars::Id;
use crate::types::{SharedWishlist, Wishlist};

#[derive(Default)]
pub(crate) struct WishlistQueries;

#[Object]
impl WishlistQueries {
    /// A wish list of the caller.
    async fn wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the list.")] id: Id,
    ) -> ApiResult<Option<Wishlist>> {
        let call = ctx.call();
        let view = wishlist::get(&call.ports, call.actor()?, id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// Wish lists of the caller, the latest created first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn wishlists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only lists that hold this property.")] property_id: Option<Id>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Wishlist>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let (holding, page) = (property_id.map(Into::into), plan.request.clone());
        let page = wishlist::list_own(&call.ports, actor, holding, page).await?;
        Ok(connection(ctx, plan, page, Wishlist::from))
    }

    /// The wish list that is shared by a token.
    async fn shared_wishlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "`shareToken` of the list.")] token: String,
    ) -> ApiResult<Option<SharedWishlist>> {
        let shared = wishlist::get_shared(&ctx.call().ports, &token).await;
        let shared = found(shared)?;
        Ok(shared.map(|it| SharedWishlist::new(token, it)))
    }
}
