//! Mutations of accounts.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::user;
use sojourn_domain::shared::UserId;
use sojourn_domain::user::Profile;

use super::payload::{AccountPayload, DonePayload, begin};
use crate::context::ApiResult;
use crate::inputs::{ProfileChanges, RegisterUserInput};
use crate::scalars::Id;

/// Changes of an account's profile.
#[derive(InputObject)]
pub(crate) struct UpdateUserInput {
    /// Id of the account; the caller's when absent.
    user_id: Option<Id>,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// The changes.
    changes: ProfileChanges,
}

/// An account to erase.
#[derive(InputObject)]
pub(crate) struct EraseUserInput {
    /// Id of the account; the caller's when absent.
    user_id: Option<Id>,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Password of the account; required of its owner if the login is older than five minutes.
    password: Option<String>,
}

#[derive(Default)]
pub(crate) struct UserMutations;

#[Object]
impl UserMutations {
    /// Registers an account and mails a link that verifies the email address; the account cannot log in before. The
    /// result does not reveal if the address is already registered.
    async fn register_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: RegisterUserInput,
    ) -> ApiResult<AccountPayload> {
        let call = begin(ctx);
        let command = input.parse(call.client.clone())?;
        let view = user::register(&call.ports, command).await?;
        Ok(view.into())
    }

    /// Updates a profile, by its owner or an operator.
    async fn update_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateUserInput,
    ) -> ApiResult<AccountPayload> {
        let call = begin(ctx);
        let actor = call.actor()?;
        let id = input.user_id.map_or(actor.user_id, UserId::from);
        let changes = input.changes;
        let change = move |profile: &Profile| changes.apply(profile);
        let expected = input.expected_version;
        let view = user::update(&call.ports, actor, id, &change, expected).await?;
        Ok(view.into())
    }

    /// Erases an account, by its owner or an operator. Unlists its properties and anonymises it irrevocably. Fails
    /// while bookings or payouts are open, or while the account owes money as a host (`balance_due`).
    async fn erase_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: EraseUserInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, proof) = (call.actor()?, call.proof(input.password)?);
        let id = input.user_id.map_or(actor.user_id, UserId::from);
        user::erase(&call.ports, actor, id, input.expected_version, proof).await?;
        Ok(DonePayload::DONE)
    }
}
