//! `POST /auth/refresh`.

use actix_web::web::{Data, Json};
use sojourn_application::session::{self, RefreshError};

use super::dto::{RefreshBody, TokensDto};
use crate::extract::Body;
use crate::problem::Problem;
use crate::server::AppState;

/// Trades a refresh token for the next pair. A token used twice ends its session.
#[utoipa::path(
    post, path = "/v1/auth/refresh", operation_id = "refresh_tokens", tag = "auth",
    request_body = RefreshBody,
    responses(
        (status = 200, description = "The next pair.", body = TokensDto),
        (status = 400, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The refresh token is not good.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields are wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too busy.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn refresh(state: Data<AppState>, body: Body<RefreshBody>) -> Result<Json<TokensDto>, Problem> {
    Ok(Json(session::refresh(&state.ports, &body.0.refresh_token).await?.into()))
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Refused => {
                Self::unauthorized("token_invalid", "The refresh token is unknown, used or expired.")
            }
            RefreshError::Token => Self::internal().caused_by(&error),
            RefreshError::Store(error) => error.into(),
        }
    }
}
