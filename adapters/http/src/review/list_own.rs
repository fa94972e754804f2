//! `GET /reviews`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::review;

use super::dto::{ReviewDto, ReviewList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, page_request};

/// List the caller's reviews
///
/// Reviews that the caller wrote, published or not, newest first.
#[utoipa::path(
    get, path = "/v1/reviews", operation_id = "list_my_reviews", tag = "reviews",
    params(PageParams),
    responses((status = 200, description = "A page of reviews", body = ReviewList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_own_reviews(
    state: Data<AppState>,
    who: Authenticated,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = review::list_own(
        &state.ports,
        &who.actor,
        page_request(&state, &scope, page)?,
    )
    .await?;
    Ok(list_json(
        &state,
        page.map(|review| ReviewDto::from(&review)),
        &scope,
    ))
}
