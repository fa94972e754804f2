//! `PATCH /users/{user_id}`.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};
use sojourn_application::user as accounts;
use sojourn_domain::user::Profile;

use super::dto::UserDto;
use super::get::resolve_user_id;
use super::input::{ProfileBody, patched};
use crate::etag::respond;
use crate::extract::{Authenticated, Body, IfMatch};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Update a profile
///
/// JSON Merge Patch.
#[utoipa::path(
    patch, path = "/v1/users/{user_id}", operation_id = "update_user", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, description = "Id of the account, or `me` for the caller"), IfMatch),
    request_body = ProfileBody,
    responses((status = 200, description = "The updated account", body = UserDto, headers(("ETag" = String))), ProblemResponses)
)]
pub async fn update(
    req: HttpRequest,
    who: Authenticated,
    state: Data<AppState>,
    user_id: Path<String>,
    if_match: IfMatch,
    patch: Body<Map<String, Value>>,
) -> Result<HttpResponse, Problem> {
    let id = resolve_user_id(&user_id, Some(&who.actor))?;
    let permission = accounts::permit_update(&state.ports, &who.actor, id);
    let patch = patch.judge_after(permission).await?;
    let change = move |profile: &Profile| patched(profile, &patch);
    let user = accounts::update(&state.ports, &who.actor, id, &change, if_match.0).await?;
    Ok(respond(
        &req,
        StatusCode::OK,
        user.version,
        &UserDto::from(&user),
    ))
}
