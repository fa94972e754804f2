//! `GET /users/{user_id}`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::user::{UserView, profile};
use sojourn_domain::shared::{Actor, UserId};

use super::view_dto::UserViewDto;
use crate::caching::response_cache::{get_or_render, serialize};
use crate::etag::respond;
use crate::extract::MaybeActor;
use crate::problem::Problem;
use crate::state::AppState;

/// Get an account
///
/// All fields for its owner and operators, the public profile for all others.
#[utoipa::path(
    get, path = "/v1/users/{user_id}", operation_id = "get_user", tag = "users", security((), ("bearer" = [])),
    params(("user_id" = String, Path, description = "Id of the account, or `me` for the caller")),
    responses(
        (status = 200, description = "The account", body = UserViewDto, headers(("ETag" = String))),
        (status = 304, description = "Not modified"),
        (status = 401, description = "Access token is expired or invalid, or missing for `me`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such account", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Temporarily unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    req: HttpRequest,
    who: MaybeActor,
    state: Data<AppState>,
    user_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = resolve_user_id(&user_id, who.0.as_ref())?;
    if who.0.is_none() {
        let key = keys::public_profile(id);
        return get_or_render(&state, &req, Some(key), || render_public(state.clone(), id)).await;
    }
    let view = profile(&state.ports, who.0.as_ref(), id).await?;
    Ok(respond(
        &req,
        StatusCode::OK,
        version(&view),
        &UserViewDto::from(&view),
    ))
}

async fn render_public(state: Data<AppState>, id: UserId) -> Result<Arc<[u8]>, Problem> {
    let view = profile(&state.ports, None, id).await?;
    serialize(Some(version(&view)), &UserViewDto::from(&view))
}

fn version(view: &UserView) -> i64 {
    match view {
        UserView::Own(user) => user.version,
        UserView::Public(profile) => profile.version,
    }
}

/// Id of the account in a path; `me` is the caller's.
pub(super) fn resolve_user_id(text: &str, actor: Option<&Actor>) -> Result<UserId, Problem> {
    if text == "me" {
        let missing = || Problem::unauthorized("token_missing", "Access token is missing.");
        return actor.map(|actor| actor.user_id).ok_or_else(missing);
    }
    text.parse().map_err(|_| Problem::not_found())
}
