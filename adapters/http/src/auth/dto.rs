//! Tokens and sessions as JSON.

use serde::{Deserialize, Serialize};
use sojourn_application::ports::Session;
use sojourn_application::session::Tokens;
use sojourn_domain::shared::SessionId;
use utoipa::ToSchema;

use crate::wire::timestamp::instant;

/// Login credentials.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LoginInput)]
pub struct LoginBody {
    /// Email address of the account.
    #[schema(example = "ana@mail.example")]
    pub email: String,
    /// Password of the account.
    #[schema(example = "correct horse battery")]
    pub password: String,
    /// Code of the authenticator app, or a recovery code; required if the second factor is enabled.
    #[schema(max_length = 32, example = "123456")]
    pub totp: Option<String>,
}

/// A refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RefreshInput)]
pub struct RefreshBody {
    /// Refresh token of the login or the last refresh; valid once.
    pub refresh_token: String,
}

/// A one-time token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailVerificationInput)]
pub struct TokenBody {
    /// Token of the mailed link.
    pub token: String,
}

/// Request for a verification mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VerificationMailInput)]
pub struct ResendBody {
    /// Email address of the account.
    pub email: String,
}

/// Request for a password reset.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordForgottenInput)]
pub struct ForgotBody {
    /// Email address of the account.
    pub email: String,
}

/// A new password, with a one-time token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordResetInput)]
pub struct ResetBody {
    /// Token of the mailed link.
    pub token: String,
    /// New password.
    #[schema(min_length = 12, max_length = 128)]
    pub new_password: String,
}

/// A new password, with the current one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordChangeInput)]
pub struct ChangeBody {
    /// Current password.
    pub current_password: String,
    /// New password.
    #[schema(min_length = 12, max_length = 128)]
    pub new_password: String,
}

/// The password, for a change that a thief of a token must not make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordInput)]
pub struct PasswordBody {
    /// Password of the account; required if the login is older than five minutes.
    #[schema(example = "correct horse battery")]
    pub password: Option<String>,
}

/// A new address of the account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailChangeInput)]
pub struct EmailChangeBody {
    /// New email address.
    #[schema(example = "ana@new.example")]
    pub new_email: String,
    /// Password of the account; required if the login is older than five minutes.
    #[schema(example = "correct horse battery")]
    pub password: Option<String>,
}

/// A one-time token of a change of address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailChangeConfirmationInput)]
pub struct EmailChangeTokenBody {
    /// Token of the mailed link.
    pub token: String,
}

/// A pair of access token and refresh token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TokenPair)]
pub struct TokensDto {
    /// Access token for the `Authorization: Bearer` header.
    pub access_token: String,
    /// Token type: `Bearer`.
    #[schema(value_type = TokenTypeSchema)]
    pub token_type: &'static str,
    /// Lifetime of the access token, in seconds.
    pub expires_in: i64,
    /// Refresh token for the next pair; valid once.
    pub refresh_token: String,
}

/// Type of access tokens.
#[derive(Debug, ToSchema)]
#[schema(as = TokenType)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum TokenTypeSchema {
    /// A bearer token (RFC 6750).
    Bearer,
}

/// A session of one device.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionDto {
    /// Id of the session.
    #[schema(format = "uuid")]
    pub id: String,
    /// True for the session of this request.
    pub current: bool,
    /// `User-Agent` of the device.
    #[schema(required = true)]
    pub user_agent: Option<String>,
    /// IP address at login.
    #[schema(required = true, example = "192.0.2.7")]
    pub address: Option<String>,
    /// Time of the login (UTC).
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of the last login or refresh (UTC).
    #[schema(format = DateTime)]
    pub last_used_at: String,
    /// Time at which the session expires unless it is used (UTC).
    #[schema(format = DateTime)]
    pub expires_at: String,
}

/// The open sessions of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    /// All of them.
    pub data: Vec<SessionDto>,
    /// Always null.
    pub next_cursor: Option<String>,
}

impl From<Tokens> for TokensDto {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in: tokens.expires_in,
            refresh_token: tokens.refresh_token,
        }
    }
}

impl SessionDto {
    /// A session in the view of the session `asking`.
    pub(crate) fn of(session: Session, asking: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            current: session.id == asking,
            user_agent: session.user_agent,
            address: session.address.map(|address| address.to_string()),
            created_at: instant(session.created_at),
            last_used_at: instant(session.last_used_at),
            expires_at: instant(session.expires_at),
        }
    }
}
