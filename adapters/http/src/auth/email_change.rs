//! `POST /auth/email/change`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user;

use super::dto::EmailChangeBody;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Request a change of the caller's address
///
/// Mails a link to the new address, which replaces the present one when its token is confirmed within 24 hours, and a
/// notice to the present one. The answer is the same if the new address belongs to another account. Takes the password
/// if the login is older than five minutes.
#[utoipa::path(
    post, path = "/v1/auth/email/change", operation_id = "request_email_change", tag = "auth", security(("bearer" = [])),
    request_body = EmailChangeBody,
    responses((status = 202, description = "A link was mailed, if the address may receive one"), ProblemResponses)
)]
pub async fn request_email_change(
    who: Authenticated,
    state: Data<AppState>,
    body: Body<EmailChangeBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    let proof = who.proof(body.password);
    user::request_email_change(&state.ports, &who.actor, proof, &body.new_email).await?;
    Ok(HttpResponse::Accepted().finish())
}
