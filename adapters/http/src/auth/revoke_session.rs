//! `DELETE /auth/sessions/{session_id}`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::session;
use sojourn_domain::shared::SessionId;

use crate::extract::{Authenticated, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// End one of the caller's sessions
///
/// Its refresh token and access tokens are refused from then on.
#[utoipa::path(
    delete, path = "/v1/auth/sessions/{session_id}", operation_id = "revoke_session", tag = "auth", security(("bearer" = [])),
    params(("session_id" = String, Path, description = "Id of the session", format = "uuid")),
    responses((status = 204, description = "Session ended"), ProblemResponses)
)]
pub async fn revoke_session(
    who: Authenticated,
    state: Data<AppState>,
    id: Id<SessionId>,
) -> Result<HttpResponse, Problem> {
    session::revoke(&state.ports, &who.actor, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
