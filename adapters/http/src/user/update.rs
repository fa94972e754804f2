//! `PATCH /users/{user_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};
use sojourn_application::user as accounts;
use sojourn_domain::shared::{Actor, UserId};
use sojourn_domain::user::Profile;

use super::dto::UserDto;
use super::input::{ProfileBody, patched};
use crate::etag::respond;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Update a profile
///
/// JSON Merge Patch.
#[utoipa::path(
    patch, path = "/v1/users/{user_id}", operation_id = "update_user", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, format = "uuid", description = "Id of the account"), IfMatch),
    request_body = ProfileBody,
    responses((status = 200, description = "The updated account", body = UserDto, headers(("ETag" = String))), ProblemResponses)
)]
pub async fn update(
    req: HttpRequest,
    who: Authenticated,
    state: Data<AppState>,
    Id(id): Id<UserId>,
    if_match: IfMatch,
    patch: Body<Map<String, Value>>,
) -> Result<HttpResponse, Problem> {
    update_account(&req, &state, &who.actor, id, if_match, patch).await
}

/// Updates the profile of an account.
pub(super) async fn update_account(
    req: &HttpRequest,
    state: &AppState,
    actor: &Actor,
    id: UserId,
    if_match: IfMatch,
    patch: Body<Map<String, Value>>,
) -> Result<HttpResponse, Problem> {
    let permission = accounts::permit_update(&state.ports, actor, id);
    let patch = patch.judge_after(permission).await?;
    let change = move |profile: &Profile| patched(profile, &patch);
    let user = accounts::update(&state.ports, actor, id, &change, if_match.0).await?;
    let shown = UserDto::from(&user);
    Ok(respond(req, StatusCode::OK, user.version, &shown))
}
