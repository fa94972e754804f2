//! `POST /auth/refresh`.

use actix_web::web::{Data, Json};
use sojourn_application::session::{self, RefreshError};

use super::dto::{RefreshBody, TokensDto};
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

/// Refresh the tokens
///
/// Exchanges a refresh token for a new pair. A refresh token that is used twice ends its session.
#[utoipa::path(
    post, path = "/v1/auth/refresh", operation_id = "refresh_tokens", tag = "auth",
    request_body = RefreshBody,
    responses((status = 200, description = "The new token pair", body = TokensDto), ProblemResponses)
)]
pub async fn refresh(
    Client(from): Client,
    state: Data<AppState>,
    Body(body): Body<RefreshBody>,
) -> Result<Json<TokensDto>, Problem> {
    let tokens = session::refresh(&state.ports, &body.refresh_token, &from).await?;
    Ok(Json(tokens.into()))
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Refused => Self::unauthorized(
                "token_invalid",
                "Refresh token is unknown, already used or expired. Log in again.",
            ),
            RefreshError::Token => Self::internal().caused_by(&error),
            RefreshError::Store(error) => error.into(),
        }
    }
}
