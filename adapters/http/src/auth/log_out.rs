//! `POST /auth/logout`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::session;

use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Log out
///
/// Ends the session of this request.
#[utoipa::path(
    post, path = "/v1/auth/logout", operation_id = "log_out", tag = "auth", security(("bearer" = [])),
    responses((status = 204, description = "Logged out"), ProblemResponses)
)]
pub async fn log_out(who: Authenticated, state: Data<AppState>) -> Result<HttpResponse, Problem> {
    session::log_out(&state.ports, &who.actor, who.session_id).await?;
    Ok(HttpResponse::NoContent().finish())
}
