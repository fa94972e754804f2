//! `POST /auth/email/verify`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use sojourn_application::user::{VerifyEmailError, verify_email};

use super::dto::TokenBody;
use crate::extract::Body;
use crate::problem::Problem;
use crate::server::AppState;

/// Proves an address with the token that was mailed to it.
#[utoipa::path(
    post, path = "/v1/auth/email/verify", operation_id = "verify_email", tag = "auth",
    request_body = TokenBody,
    responses(
        (status = 204, description = "Verified."),
        (status = 400, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields are wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too busy.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn email_verify(state: Data<AppState>, body: Body<TokenBody>) -> Result<HttpResponse, Problem> {
    verify_email(&state.ports, &body.0.token).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 422: a one-time token that is not good.
pub(super) fn token_invalid() -> Problem {
    let detail = "The token is unknown, used or expired.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "token_invalid", detail)
}

impl From<VerifyEmailError> for Problem {
    fn from(error: VerifyEmailError) -> Self {
        match error {
            VerifyEmailError::TokenInvalid => token_invalid(),
            VerifyEmailError::Store(error) => error.into(),
        }
    }
}
