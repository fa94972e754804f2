//! `PATCH /users/me`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};

use crate::extract::{Authenticated, Body, IfMatch};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::user::dto::UserDto;
use crate::user::input::ProfileBody;
use crate::user::update::update_account;

/// Update the own profile
///
/// JSON Merge Patch.
#[utoipa::path(
    patch, path = "/v1/users/me", operation_id = "update_me", tag = "users", security(("bearer" = [])),
    params(IfMatch),
    request_body = ProfileBody,
    responses((status = 200, description = "The updated account", body = UserDto, headers(("ETag" = String))), ProblemResponses)
)]
pub async fn update_me(
    req: HttpRequest,
    who: Authenticated,
    state: Data<AppState>,
    if_match: IfMatch,
    patch: Body<Map<String, Value>>,
) -> Result<HttpResponse, Problem> {
    update_account(&req, &state, &who.actor, who.actor.user_id, if_match, patch).await
}
