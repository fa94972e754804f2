//! Queries of payments and payouts.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::payout::ListPayouts;
use sojourn_application::{payment, payout};

use crate::context::{
    ApiResult, CallExt, Connection, connection, found, page_complexity, page_request,
};
use crate::scalars::{Id, PayoutStatus};
use crate::types::{HostBalance, Payment, Payout, StatementLine};

/// Filter of payouts. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct PayoutFilter {
    /// Only payouts with this status.
    status: Option<PayoutStatus>,
    /// Only payouts for stays at this property.
    property_id: Option<Id>,
}

#[derive(Default)]
pub(crate) struct PaymentQueries;

#[Object]
impl PaymentQueries {
    /// Payments of the caller's bookings as guest or host, newest first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Payment>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = payment::list(&call.ports, actor, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Payment::from))
    }

    /// A payment. Visible to the guest and the host of its booking, and to operators.
    async fn payment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the payment.")] id: Id,
    ) -> ApiResult<Option<Payment>> {
        let call = ctx.call();
        let view = payment::get(&call.ports, call.actor()?, id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// The caller's payouts as a host, latest due date first. Operators get the payouts of all hosts.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn payouts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: PayoutFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Payout>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let list = ListPayouts {
            status: filter.status.map(Into::into),
            property_id: filter.property_id.map(Into::into),
        };
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = payout::list(&call.ports, actor, list, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Payout::from))
    }

    /// Earned, paid and owed amounts of the caller as a host, one item per currency.
    async fn payout_balances(&self, ctx: &Context<'_>) -> ApiResult<Vec<HostBalance>> {
        let call = ctx.call();
        let balances = payout::balance(&call.ports, call.actor()?).await?;
        Ok(balances.into_iter().map(Into::into).collect())
    }

    /// Changes of the caller's balance as a host, newest first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn payout_statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<StatementLine>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = payout::statement(&call.ports, actor, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, StatementLine::from))
    }
}
