//! `POST /auth/password/forgot`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::forgot_password;

use super::dto::ForgotBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Request a password reset
///
/// Mails a link for setting a new password if the address belongs to an account. The response is the
/// same if it does not.
#[utoipa::path(
    post, path = "/v1/auth/password/forgot", operation_id = "forgot_password", tag = "auth",
    request_body = ForgotBody,
    responses((status = 202, description = "Accepted; a link is mailed if the account exists"), ProblemResponses)
)]
pub async fn password_forgot(
    Client(from): Client,
    state: Data<AppState>,
    body: Body<ForgotBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    forgot_password(&state.ports, &body.email, &from).await?;
    Ok(HttpResponse::Accepted().finish())
}
