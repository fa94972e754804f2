//! `GET /users/{user_id}/reviews`.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use sojourn_application::review;

use super::get::resolve_user_id;
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::review::{ReviewDto, ReviewList};
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, page_request};

/// List the reviews of a guest
///
/// Published reviews of the account as a guest, newest first: for its owner, hosts with a request or booking of the
/// guest, and operators.
#[utoipa::path(
    get, path = "/v1/users/{user_id}/reviews", operation_id = "list_guest_reviews", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, description = "Id of the account, or `me` for the caller"), PageParams),
    responses((status = 200, description = "A page of reviews", body = ReviewList), ProblemResponses)
)]
pub async fn list_guest_reviews(
    state: Data<AppState>,
    who: Authenticated,
    user_id: Path<String>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let id = resolve_user_id(&user_id, &who.actor)?;
    let page = page_request(&state, &scope, page)?;
    let page = review::list_of_guest(&state.ports, &who.actor, id, page).await?;
    let page = page.map(|review| ReviewDto::from(&review));
    Ok(list_json(&state, page, &scope))
}
