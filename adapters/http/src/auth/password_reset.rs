//! `POST /auth/password/reset`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::{ResetPasswordError, reset_password};

use super::dto::ResetBody;
use super::email_verify::token_invalid;
use crate::extract::Body;
use crate::problem::Problem;
use crate::server::AppState;

/// Sets a new password with a mailed token, and ends all sessions.
#[utoipa::path(
    post, path = "/v1/auth/password/reset", operation_id = "reset_password", tag = "auth",
    request_body = ResetBody,
    responses(
        (status = 204, description = "Set."),
        (status = 400, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields are wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too busy.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn password_reset(state: Data<AppState>, body: Body<ResetBody>) -> Result<HttpResponse, Problem> {
    let ResetBody { token, new_password } = body.0;
    reset_password(&state.ports, &token, new_password).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<ResetPasswordError> for Problem {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::TokenInvalid => token_invalid(),
            ResetPasswordError::Invalid(violations) => Self::unprocessable(violations),
            ResetPasswordError::Busy => Self::busy(),
            ResetPasswordError::Store(error) => error.into(),
        }
    }
}
