//! `POST /auth/password/reset`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::reset_password;

use super::dto::ResetBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Reset a password
///
/// Takes the token of the mailed link, and ends all sessions of the account.
#[utoipa::path(
    post, path = "/v1/auth/password/reset", operation_id = "reset_password", tag = "auth",
    request_body = ResetBody,
    responses((status = 204, description = "Password changed"), ProblemResponses)
)]
pub async fn password_reset(
    Client(from): Client,
    state: Data<AppState>,
    body: Body<ResetBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    let ResetBody {
        token,
        new_password,
    } = body;
    reset_password(&state.ports, &token, new_password, &from).await?;
    Ok(HttpResponse::NoContent().finish())
}
