//! `POST /auth/login`.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use actix_web::web::{Data, Json};
use sojourn_application::session::{self, LogIn, LogInError};

use super::dto::{LoginBody, TokensDto};
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

/// Log in
///
/// If the second factor is enabled, a correct password without a code fails with 401 `totp_required`;
/// repeat the request with `totp`.
#[utoipa::path(
    post, path = "/v1/auth/login", operation_id = "log_in", tag = "auth",
    request_body = LoginBody,
    responses((status = 200, description = "Logged in", body = TokensDto), ProblemResponses)
)]
pub async fn log_in(
    Client(from): Client,
    state: Data<AppState>,
    Body(body): Body<LoginBody>,
) -> Result<Json<TokensDto>, Problem> {
    let LoginBody {
        email,
        password,
        totp,
    } = body;
    let tokens = session::log_in(
        &state.ports,
        LogIn {
            email,
            password,
            code: totp,
            from,
        },
    )
    .await?;
    Ok(Json(tokens.into()))
}

/// 401 with a `Bearer` challenge.
fn unauthorized(code: &'static str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code, detail)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::BadCredentials => {
                unauthorized("bad_credentials", "Email address or password is incorrect.")
            }
            LogInError::CodeRequired => unauthorized(
                "totp_required",
                "A second factor is required. Repeat the request with a code of the authenticator app in `totp`.",
            ),
            LogInError::CodeInvalid => unauthorized(
                "totp_invalid",
                "The code is incorrect, already used or expired.",
            ),
            LogInError::Throttled(seconds) => Self::too_many(seconds),
            LogInError::Busy => Self::busy(),
            LogInError::Token => Self::internal().caused_by(&error),
            LogInError::Store(error) => error.into(),
        }
    }
}
