//! `GET /auth/sessions`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::session;

use super::dto::{SessionDto, SessionList};
use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::whole_list_json;

/// List the caller's sessions
///
/// At most 100 open sessions, most recently used first.
#[utoipa::path(
    get, path = "/v1/auth/sessions", operation_id = "list_sessions", tag = "auth", security(("bearer" = [])),
    responses((status = 200, description = "The sessions", body = SessionList), ProblemResponses)
)]
pub async fn list_sessions(
    who: Authenticated,
    state: Data<AppState>,
) -> Result<HttpResponse, Problem> {
    let sessions = session::list(&state.ports, &who.actor).await?;
    let data = sessions
        .into_iter()
        .map(|session| SessionDto::of(session, who.session_id))
        .collect();
    Ok(whole_list_json(data))
}
