//! `POST /auth/email/resend`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::resend_verification;

use super::dto::ResendBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Request another verification mail
///
/// Mails a link for verifying the address if it belongs to an account that is not verified yet. The
/// response is the same if it does not.
#[utoipa::path(
    post, path = "/v1/auth/email/resend", operation_id = "resend_verification", tag = "auth",
    request_body = ResendBody,
    responses((status = 202, description = "Accepted; a link is mailed if an unverified account exists"), ProblemResponses)
)]
pub async fn email_resend(
    Client(from): Client,
    state: Data<AppState>,
    body: Body<ResendBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    resend_verification(&state.ports, &body.email, &from).await?;
    Ok(HttpResponse::Accepted().finish())
}
