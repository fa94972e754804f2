//! Queries of accounts and sessions.

use async_graphql::{Context, Object};
use sojourn_application::{session, user};

use crate::context::{ApiResult, CallExt};
use crate::scalars::Id;
use crate::types::{Account, Profile, Session, profile_of};

/// The most sessions of an account, for the complexity of their list.
const SESSIONS: usize = 20;

#[derive(Default)]
pub(crate) struct AccountQueries;

#[Object]
impl AccountQueries {
    /// The caller's account; null without an access token.
    async fn me(&self, ctx: &Context<'_>) -> ApiResult<Option<Account>> {
        let call = ctx.call();
        let Some(actor) = call.maybe_actor() else {
            return Ok(None);
        };
        let view = user::profile(&call.ports, Some(actor), actor.user_id).await?;
        match view {
            user::UserView::Own(own) => Ok(Some(own.account.into())),
            user::UserView::Public(_) => Ok(None),
        }
    }

    /// The public profile of an account.
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the account.")] id: Id,
    ) -> ApiResult<Option<Profile>> {
        profile_of(ctx, id.into()).await
    }

    /// The caller's open sessions, at most 100, most recently used first.
    #[graphql(complexity = "SESSIONS * child_complexity")]
    async fn sessions(&self, ctx: &Context<'_>) -> ApiResult<Vec<Session>> {
        let call = ctx.call();
        let caller = call.caller()?;
        let sessions = session::list(&call.ports, &caller.actor).await?;
        let current = caller.session.id;
        let sessions = sessions.into_iter();
        Ok(sessions.map(|it| Session::of(it, current)).collect())
    }
}
