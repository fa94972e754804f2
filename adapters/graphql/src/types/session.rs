//! Sessions, tokens and second factors.

use async_graphql::SimpleObject;
use sojourn_application::ports;
use sojourn_application::session::Tokens;
use sojourn_domain::shared::SessionId;

use crate::scalars::{Id, Instant};

/// A session of one device.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Id of the session.
    id: Id,
    /// True for the session of this request.
    current: bool,
    /// `User-Agent` of the device.
    user_agent: Option<String>,
    /// IP address at login.
    address: Option<String>,
    /// Time of the login.
    created_at: Instant,
    /// Time of the last login or refresh.
    last_used_at: Instant,
    /// Time at which the session expires unless it is used.
    expires_at: Instant,
}

impl Session {
    /// A session in the view of the session of the request.
    pub(crate) fn of(session: ports::Session, current: SessionId) -> Self {
        Self {
            id: session.id.into(),
            current: session.id == current,
            user_agent: session.user_agent,
            address: session.address.map(|address| address.to_string()),
            created_at: session.created_at.into(),
            last_used_at: session.last_used_at.into(),
            expires_at: session.expires_at.into(),
        }
    }
}

/// A pair of access token and refresh token.
#[derive(SimpleObject)]
pub(crate) struct TokenPair {
    /// Access token for the header `Authorization: Bearer`.
    access_token: String,
    /// Token type: `Bearer`.
    token_type: &'static str,
    /// Lifetime of the access token, in seconds.
    expires_in: i64,
    /// Refresh token for the next pair; valid once.
    refresh_token: String,
}

impl From<Tokens> for TokenPair {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in: tokens.expires_in,
            refresh_token: tokens.refresh_token,
        }
    }
}

/// Secret for an authenticator app, shown only once.
#[derive(SimpleObject)]
pub(crate) struct TotpSecret {
    /// Secret in base32, for manual entry.
    secret: String,
    /// Secret as an `otpauth` URL, for display as a QR code.
    otpauth_url: String,
}

impl From<ports::NewTotp> for TotpSecret {
    fn from(fresh: ports::NewTotp) -> Self {
        Self {
            secret: fresh.secret,
            otpauth_url: fresh.otpauth_url,
        }
    }
}

/// Recovery codes for a lost authenticator app. Each is valid once; they are shown only once.
#[derive(SimpleObject)]
pub(crate) struct RecoveryCodes {
    /// Recovery codes.
    pub(crate) recovery_codes: Vec<String>,
}
