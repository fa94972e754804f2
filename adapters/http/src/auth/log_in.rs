//! `POST /auth/login`.

use actix_web::web::{Data, Json};
use sojourn_application::session::{self, LogIn};

use super::dto::{LoginBody, TokensDto};
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

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
    body: Body<LoginBody>,
) -> Result<Json<TokensDto>, Problem> {
    let body = body.judge()?;
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
