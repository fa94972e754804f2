//! `POST /auth/refresh`.

use actix_web::web::{Data, Json};
use sojourn_application::session;

use super::dto::{RefreshBody, TokensDto};
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Refresh the tokens
///
/// Exchanges a refresh token for a new pair. Used again within 10 seconds, as by two tabs at once, it is exchanged for
/// the same refresh token; later reuse ends its session.
#[utoipa::path(
    post, path = "/v1/auth/refresh", operation_id = "refresh_tokens", tag = "auth",
    request_body = RefreshBody,
    responses((status = 200, description = "The new token pair", body = TokensDto), ProblemResponses)
)]
pub async fn refresh(
    Client(from): Client,
    state: Data<AppState>,
    body: Body<RefreshBody>,
) -> Result<Json<TokensDto>, Problem> {
    let body = body.judge()?;
    let tokens = session::refresh(&state.ports, &body.refresh_token, &from).await?;
    Ok(Json(tokens.into()))
}
