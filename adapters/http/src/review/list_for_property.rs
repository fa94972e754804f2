//! `GET /properties/{property_id}/reviews`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::review;
use sojourn_domain::shared::{Actor, PropertyId};

use super::dto::{ReviewDto, ReviewList};
use super::expand::{ExpandParams, include};
use crate::caching::response_cache::{canonical_query, respond_shared};
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::property::expands;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, List, PageParams, both, list, page_request};

/// List the reviews of a property
///
/// Published reviews, newest first.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}/reviews", operation_id = "list_property_reviews", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), ExpandParams, PageParams),
    responses(
        (status = 200, description = "A page of reviews", body = ReviewList),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn list_property_reviews(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    let name = canonical_query(&id.to_string(), query).filter(|_| !expands(query));
    let key = name.map(|name| keys::published_reviews(id, name));
    respond_shared(&state, &request, actor.as_ref(), key, || {
        find(&state, actor.as_ref(), id, query)
    })
    .await
}

async fn find(
    state: &AppState,
    actor: Option<&Actor>,
    id: PropertyId,
    query: &str,
) -> Result<(Option<i64>, List<ReviewDto>), Problem> {
    let scope = CursorScope::new(&format!("/v1/properties/{id}/reviews"), query, None);
    let wanted = Params::of(query).parse(ExpandParams::parse);
    let page = page_request(state, &scope, Params::of(query));
    let (page, wanted) = both(page, wanted)?;
    let found = review::list_for_property(&state.ports, actor, id, page).await?;
    let mut found = list(state, found.map(|review| ReviewDto::from(&review)), &scope);
    include(&state.ports, actor, &wanted, &mut found.data).await?;
    Ok((None, found))
}
