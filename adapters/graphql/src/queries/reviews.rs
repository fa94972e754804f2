//! Queries of reviews.

use async_graphql::{Context, Object};
use sojourn_application::review;

use crate::context::{
    ApiResult, CallExt, Connection, connection, found, page_complexity, page_request,
};
use crate::scalars::Id;
use crate::types::Review;

#[derive(Default)]
pub(crate) struct ReviewQueries;

#[Object]
impl ReviewQueries {
    /// A review. Until it is published, it is only visible to its author and operators.
    async fn review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the review.")] id: Id,
    ) -> ApiResult<Option<Review>> {
        let call = ctx.call();
        let view = review::get(&call.ports, call.maybe_actor(), id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// Published reviews of an account as a guest, newest first: for its owner, hosts with a request or booking of the
    /// guest, and operators.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn guest_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the account.")] user_id: Id,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Review>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = plan.request.clone();
        let page = review::list_of_guest(&call.ports, actor, user_id.into(), page).await?;
        Ok(connection(ctx, plan, page, Review::from))
    }

    /// Reviews that the caller wrote, published or not, newest first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn own_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Review>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = review::list_own(&call.ports, actor, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Review::from))
    }
}
