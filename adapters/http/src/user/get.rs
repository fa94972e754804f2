//! `GET /users/{user_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::user::{UserView, profile};
use sojourn_domain::shared::{Actor, UserId};

use super::view_dto::UserViewDto;
use crate::caching::response_cache::respond_shared;
use crate::extract::{Id, MaybeActor};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::profile::PublicUserViewDto;

/// Get an account
///
/// The public profile; its owner and operators get all fields, as `GET /v1/users/me` states them.
#[utoipa::path(
    get, path = "/v1/users/{user_id}", operation_id = "get_user", tag = "users", security((), ("bearer" = [])),
    params(("user_id" = String, Path, format = "uuid", description = "Id of the account")),
    responses(
        (status = 200, description = "The account", body = PublicUserViewDto, headers(("ETag" = String))),
        (status = 304, description = "Not modified"),
        ProblemResponses
    )
)]
pub async fn get(
    req: HttpRequest,
    MaybeActor(actor): MaybeActor,
    state: Data<AppState>,
    Id(id): Id<UserId>,
) -> Result<HttpResponse, Problem> {
    let key = Some(keys::public_profile(id));
    respond_shared(&state, &req, actor.as_ref(), key, || {
        find(&state, actor.as_ref(), id)
    })
    .await
}

/// The account and its version.
async fn find(
    state: &AppState,
    actor: Option<&Actor>,
    id: UserId,
) -> Result<(Option<i64>, UserViewDto), Problem> {
    let view = profile(&state.ports, actor, id).await?;
    let version = match &view {
        UserView::Own(own) => own.account.version,
        UserView::Public(profile) => profile.version,
    };
    Ok((Some(version), UserViewDto::from(&view)))
}

/// Id of the account in a path; `me` is the caller's.
pub(super) fn resolve_user_id(text: &str, actor: &Actor) -> Result<UserId, Problem> {
    if text == "me" {
        return Ok(actor.user_id);
    }
    text.parse().map_err(|_| Problem::not_found())
}
