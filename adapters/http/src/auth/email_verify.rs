//! `POST /auth/email/verify`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::verify_email;

use super::dto::TokenBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

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
    body: Body<TokenBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    verify_email(&state.ports, &body.token, &from).await?;
    Ok(HttpResponse::NoContent().finish())
}
