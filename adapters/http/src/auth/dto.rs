//! Tokens and sessions on the wire.

use serde::{Deserialize, Serialize};
use sojourn_application::ports::Session;
use sojourn_application::session::Tokens;
use sojourn_domain::shared::SessionId;
use utoipa::ToSchema;

use crate::user::instant;

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginBody {
    /// The address.
    #[schema(example = "ana@mail.example")]
    pub email: String,
    /// The password.
    #[schema(example = "correct horse battery")]
    pub password: String,
    /// A code of the authenticator app, or a recovery code; asked for when the second factor is on.
    #[schema(max_length = 32, example = "123456")]
    pub totp: Option<String>,
}

/// A refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    /// The token that login or the last refresh gave. It is good once.
    pub refresh_token: String,
}

/// A one-time token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenBody {
    /// The token of the mailed link.
    pub token: String,
}

/// Whose password is forgotten.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotBody {
    /// The address.
    pub email: String,
}

/// A new password, with a one-time token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetBody {
    /// The token of the mailed link.
    pub token: String,
    /// The password to be.
    #[schema(min_length = 12, max_length = 128)]
    pub new_password: String,
}

/// A new password, with the current one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBody {
    /// The password that was.
    pub current_password: String,
    /// The password to be.
    #[schema(min_length = 12, max_length = 128)]
    pub new_password: String,
}

/// What logs in and stays so.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokensDto {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// For how many seconds the access token is good.
    pub expires_in: i64,
    /// Gives the next pair, once.
    pub refresh_token: String,
}

/// A login on one device.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionDto {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// What the device called itself.
    #[schema(required = true)]
    pub user_agent: Option<String>,
    /// The network address from which it was opened.
    #[schema(required = true, example = "192.0.2.7")]
    pub address: Option<String>,
    /// Since when.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When a token was last asked for.
    #[schema(format = DateTime)]
    pub last_used_at: String,
    /// Until when, unless it is used.
    #[schema(format = DateTime)]
    pub expires_at: String,
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
    /// A session, shown to the session that asks.
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
