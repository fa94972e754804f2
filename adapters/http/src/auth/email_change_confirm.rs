//! `POST /auth/email/change/confirm`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user;

use super::dto::EmailChangeTokenBody;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Confirm a change of address
///
/// Takes the token that was mailed to the new address, which becomes that of the account. All sessions of the account
/// end.
#[utoipa::path(
    post, path = "/v1/auth/email/change/confirm", operation_id = "confirm_email_change", tag = "auth",
    request_body = EmailChangeTokenBody,
    responses((status = 204, description = "The address is changed"), ProblemResponses)
)]
pub async fn confirm_email_change(
    Client(from): Client,
    state: Data<AppState>,
    body: Body<EmailChangeTokenBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.judge()?;
    user::confirm_email_change(&state.ports, &body.token, &from).await?;
    Ok(HttpResponse::NoContent().finish())
}
