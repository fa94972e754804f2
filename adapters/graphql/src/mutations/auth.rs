//! Logging in and out, one-time tokens, passwords and second factors.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::session::{self, LogIn};
use sojourn_application::{second_factor, user};
use sojourn_domain::shared::Violations;

use super::payload::{DonePayload, begin};
use crate::context::ApiResult;
use crate::scalars::Id;
use crate::types::{RecoveryCodes, TokenPair, TotpSecret};

/// Names of these mutations.
pub(super) const NAMES: [&str; 14] = [
    "logIn",
    "refreshTokens",
    "logOut",
    "revokeSession",
    "verifyEmail",
    "resendVerification",
    "requestEmailChange",
    "confirmEmailChange",
    "forgotPassword",
    "resetPassword",
    "changePassword",
    "enrolTotp",
    "confirmTotp",
    "disableTotp",
];

/// Login credentials.
#[derive(InputObject)]
pub(crate) struct LogInInput {
    /// Email address of the account.
    email: String,
    /// Password of the account.
    password: String,
    /// Code of the authenticator app, or a recovery code; required if the second factor is enabled.
    totp: Option<String>,
}

/// A refresh token.
#[derive(InputObject)]
pub(crate) struct RefreshTokensInput {
    /// Refresh token of the login or the last refresh; valid once.
    refresh_token: String,
}

/// A session to end.
#[derive(InputObject)]
pub(crate) struct RevokeSessionInput {
    /// Id of the session.
    session_id: Id,
}

/// A one-time token.
#[derive(InputObject)]
pub(crate) struct VerifyEmailInput {
    /// Token of the mailed link.
    token: String,
}

/// A new address of the account.
#[derive(InputObject)]
pub(crate) struct RequestEmailChangeInput {
    /// New email address.
    new_email: String,
    /// Password of the account; required if the login is older than five minutes.
    password: Option<String>,
}

/// A one-time token of a change of address.
#[derive(InputObject)]
pub(crate) struct ConfirmEmailChangeInput {
    /// Token of the mailed link.
    token: String,
}

/// An address to which a link is mailed.
#[derive(InputObject)]
pub(crate) struct EmailInput {
    /// Email address of the account.
    email: String,
}

/// A new password, with a one-time token.
#[derive(InputObject)]
pub(crate) struct ResetPasswordInput {
    /// Token of the mailed link.
    token: String,
    /// New password, 12 to 128 characters.
    new_password: String,
}

/// A new password, with the current one.
#[derive(InputObject)]
pub(crate) struct ChangePasswordInput {
    /// Current password.
    current_password: String,
    /// New password, 12 to 128 characters.
    new_password: String,
}

/// The password, for a change that a thief of a token must not make.
#[derive(Default, InputObject)]
pub(crate) struct EnrolTotpInput {
    /// Password of the account; required if the login is older than five minutes.
    password: Option<String>,
}

/// A first code of the authenticator app.
#[derive(InputObject)]
pub(crate) struct ConfirmTotpInput {
    /// Six digits of the authenticator app.
    code: String,
}

/// A code of the second factor, to disable it.
#[derive(InputObject)]
pub(crate) struct DisableTotpInput {
    /// Six digits of the authenticator app, or a recovery code.
    code: String,
    /// Password of the account; required if the login is older than five minutes.
    password: Option<String>,
}

/// A code, or the violations of its form.
fn code(text: String) -> Result<String, Violations> {
    let mut found = Violations::new();
    found.line("/code", &text, 32);
    found.into_result(text)
}

#[derive(Default)]
pub(crate) struct AuthMutations;

#[Object]
impl AuthMutations {
    /// Logs in. If the second factor is enabled, a correct password without a code fails with `totp_required`; repeat
    /// the mutation with `totp`.
    async fn log_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Login credentials.")] input: LogInInput,
    ) -> ApiResult<TokenPair> {
        let call = begin(ctx);
        let login = LogIn {
            email: input.email,
            password: input.password,
            code: input.totp,
            from: call.client.clone(),
        };
        Ok(session::log_in(&call.ports, login).await?.into())
    }

    /// Exchanges a refresh token for a new pair.
    async fn refresh_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: RefreshTokensInput,
    ) -> ApiResult<TokenPair> {
        let call = begin(ctx);
        let token = &input.refresh_token;
        Ok(session::refresh(&call.ports, token, &call.client)
            .await?
            .into())
    }

    /// Ends the session of this request.
    async fn log_out(&self, ctx: &Context<'_>) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let caller = call.caller()?;
        session::log_out(&call.ports, &caller.actor, caller.session.id).await?;
        Ok(DonePayload::DONE)
    }

    /// Ends one of the caller's sessions.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RevokeSessionInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        session::revoke(&call.ports, call.actor()?, input.session_id.into()).await?;
        Ok(DonePayload::DONE)
    }

    /// Verifies an email address with the token that was mailed to it.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: VerifyEmailInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        user::verify_email(&call.ports, &input.token, &call.client).await?;
        Ok(DonePayload::DONE)
    }

    /// Mails a link for verifying the address if it belongs to an account that is not verified yet. The result is the
    /// same if it does not.
    async fn resend_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address.")] input: EmailInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        user::resend_verification(&call.ports, &input.email, &call.client).await?;
        Ok(DonePayload::DONE)
    }

    /// Mails a link to a new address, which replaces the present one when its token is confirmed within 24 hours, and a
    /// notice to the present one. The result is the same if the new address belongs to another account.
    async fn request_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new address and the password.")] input: RequestEmailChangeInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, proof) = (call.actor()?, call.proof(input.password)?);
        user::request_email_change(&call.ports, actor, proof, &input.new_email).await?;
        Ok(DonePayload::DONE)
    }

    /// Makes the address that the token was mailed to that of the account, and ends all sessions of the account.
    async fn confirm_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: ConfirmEmailChangeInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        user::confirm_email_change(&call.ports, &input.token, &call.client).await?;
        Ok(DonePayload::DONE)
    }

    /// Mails a link for setting a new password if the address belongs to an account. The result is the same if it does
    /// not.
    async fn forgot_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address.")] input: EmailInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        user::forgot_password(&call.ports, &input.email, &call.client).await?;
        Ok(DonePayload::DONE)
    }

    /// Sets a password with the token of the mailed link, and ends all sessions of the account.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token and the new password.")] input: ResetPasswordInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (token, password) = (input.token, input.new_password);
        user::reset_password(&call.ports, &token, password, &call.client).await?;
        Ok(DonePayload::DONE)
    }

    /// Changes the caller's password, and ends all other sessions of the caller.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both passwords.")] input: ChangePasswordInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let caller = call.caller()?;
        let (current, new) = (input.current_password, input.new_password);
        let session = caller.session.id;
        user::change_password(&call.ports, &caller.actor, session, current, new).await?;
        Ok(DonePayload::DONE)
    }

    /// Creates a secret for the caller's authenticator app. Logins require a code only after `confirmTotp`; a repeated
    /// call replaces the secret.
    async fn enrol_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.", default)] input: EnrolTotpInput,
    ) -> ApiResult<TotpSecret> {
        let call = begin(ctx);
        let (actor, proof) = (call.actor()?, call.proof(input.password)?);
        Ok(second_factor::enrol(&call.ports, actor, proof)
            .await?
            .into())
    }

    /// Enables the second factor with a first code of the authenticator app.
    async fn confirm_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: ConfirmTotpInput,
    ) -> ApiResult<RecoveryCodes> {
        let call = begin(ctx);
        let (actor, code) = (call.actor()?, code(input.code)?);
        let recovery_codes = second_factor::confirm(&call.ports, actor, &code).await?;
        Ok(RecoveryCodes { recovery_codes })
    }

    /// Disables the second factor.
    async fn disable_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A code and the password.")] input: DisableTotpInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, code) = (call.actor()?, code(input.code)?);
        let proof = call.proof(input.password)?;
        second_factor::disable(&call.ports, actor, &code, proof).await?;
        Ok(DonePayload::DONE)
    }
}
