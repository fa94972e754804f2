//! `DELETE /auth/totp`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::second_factor::disable;

use super::totp_dto::DisableBody;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Disable the second factor
///
/// Takes a code of the authenticator app or a recovery code, and the password if the login is older than five minutes.
#[utoipa::path(
    delete, path = "/v1/auth/totp", operation_id = "disable_totp", tag = "auth", security(("bearer" = [])),
    request_body = DisableBody,
    responses((status = 204, description = "Second factor disabled"), ProblemResponses)
)]
pub async fn disable_totp(
    who: Authenticated,
    state: Data<AppState>,
    body: Body<DisableBody>,
) -> Result<HttpResponse, Problem> {
    let (code, password) = body.parse(DisableBody::parse)?;
    disable(&state.ports, &who.actor, &code, who.proof(password)).await?;
    Ok(HttpResponse::NoContent().finish())
}
