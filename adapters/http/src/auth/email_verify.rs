//! `POST /auth/email/verify`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use sojourn_application::user::{VerifyEmailError, verify_email};

use super::dto::TokenBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

/// Verify an email address
///
/// Takes the token that was mailed to the address.
#[utoipa::path(
    post, path = "/v1/auth/email/verify", operation_id = "verify_email", tag = "auth",
    request_body = TokenBody,
    responses((status = 204, description = "Verified"), ProblemResponses)
)]
pub async fn email_verify(
    Client(from): Client,
    state: Data<AppState>,
    Body(body): Body<TokenBody>,
) -> Result<HttpResponse, Problem> {
    verify_email(&state.ports, &body.token, &from).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 422: the one-time token is not valid.
pub(super) fn token_invalid() -> Problem {
    let detail = "The token is unknown, already used or expired.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "token_invalid", detail)
}

impl From<VerifyEmailError> for Problem {
    fn from(error: VerifyEmailError) -> Self {
        match error {
            VerifyEmailError::TokenInvalid => token_invalid(),
            VerifyEmailError::Throttled(seconds) => Self::too_many(seconds),
            VerifyEmailError::Store(error) => error.into(),
        }
    }
}
