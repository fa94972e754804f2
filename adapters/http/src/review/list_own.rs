//! `GET /reviews`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::review;

use super::dto::{ReviewDto, ReviewList};
use super::expand::{ExpandParams, include};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, both, list, page_request};

/// List the caller's reviews
///
/// Reviews that the caller wrote, published or not, newest first.
#[utoipa::path(
    get, path = "/v1/reviews", operation_id = "list_my_reviews", tag = "reviews",
    params(ExpandParams, PageParams),
    responses((status = 200, description = "A page of reviews", body = ReviewList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_own_reviews(
    state: Data<AppState>,
    who: Authenticated,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = page_request(&state, &scope, page);
    let (page, wanted) = both(page, expand.parse(ExpandParams::parse))?;
    let page = review::list_own(&state.ports, &who.actor, page).await?;
    let mut found = list(&state, page.map(|view| ReviewDto::from(&view)), &scope);
    include(&state.ports, Some(&who.actor), &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(found))
}
