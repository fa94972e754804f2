//! `GET /properties/{property_id}/reviews`.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::ports::{CacheKey, Shelf, Topic};
use sojourn_application::review::{self, OfPropertyError};
use sojourn_domain::shared::{Actor, PropertyId};

use crate::AppState;
use crate::cached::{answer, kept, name_of};
use crate::etag;
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::Failures;
use crate::paging::{List, PageParams, list};
use crate::problem::Problem;
use crate::review::{ReviewDto, ReviewList};

/// List the reviews of a property
///
/// Published reviews, newest first.
#[utoipa::path(
    get, path = "/properties/{property_id}/reviews", operation_id = "list_property_reviews", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), PageParams),
    responses(
        (status = 200, description = "A page of reviews", body = ReviewList),
        (status = 304, description = "Not modified"),
        Failures
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
    if actor.is_some() {
        let found = find(&state, actor.as_ref(), id, query).await?;
        return Ok(etag::respond_list(&request, &found));
    }
    let key = name_of(&id.to_string(), query).map(|name| CacheKey {
        shelf: Shelf::Reviews,
        name,
        topics: vec![Topic::Property(id)],
    });
    answer(&state, &request, key, || {
        for_everybody(state.clone(), id, query.to_owned())
    })
    .await
}

async fn for_everybody(
    state: Data<AppState>,
    id: PropertyId,
    query: String,
) -> Result<Arc<[u8]>, Problem> {
    kept(None, &find(&state, None, id, &query).await?)
}

async fn find(
    state: &AppState,
    actor: Option<&Actor>,
    id: PropertyId,
    query: &str,
) -> Result<List<ReviewDto>, Problem> {
    let Params(page) = Params::<PageParams>::of(query)?;
    let found = review::of_property(&state.ports, actor, id, page.request(state)?).await?;
    Ok(list(
        state,
        found.map(|review| ReviewDto::seen_by(&review, actor)),
    ))
}

impl From<OfPropertyError> for Problem {
    fn from(error: OfPropertyError) -> Self {
        match error {
            OfPropertyError::NotFound => Self::not_found(),
            OfPropertyError::Store(error) => error.into(),
        }
    }
}
