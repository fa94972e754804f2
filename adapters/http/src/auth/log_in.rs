//! `POST /auth/login`.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use actix_web::web::{Data, Json};
use sojourn_application::session::{self, LogIn, LogInError};

use super::dto::{LoginBody, TokensDto};
use crate::extract::{Body, Client};
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::server::AppState;

/// Logs in. Where a second factor is on, the right password without a code is answered 401 `totp_required`; the same
/// with `totp` logs in.
#[utoipa::path(
    post, path = "/v1/auth/login", operation_id = "log_in", tag = "auth",
    request_body = LoginBody,
    responses((status = 200, description = "Logged in", body = TokensDto), Failures)
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

/// 401, to be asked again with what is missing or wrong.
fn not_let_in(code: &'static str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code, detail)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::BadCredentials => {
                not_let_in("bad_credentials", "The address or the password is wrong.")
            }
            LogInError::CodeRequired => not_let_in(
                "totp_required",
                "This account asks for a code of its authenticator app in totp.",
            ),
            LogInError::CodeInvalid => {
                not_let_in("totp_invalid", "The code is wrong, used or expired.")
            }
            LogInError::Throttled(seconds) => Self::too_many(seconds),
            LogInError::Busy => Self::busy(),
            LogInError::Token => Self::internal().caused_by(&error),
            LogInError::Store(error) => error.into(),
        }
    }
}
