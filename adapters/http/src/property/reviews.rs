//! `GET /properties/{property_id}/reviews`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::review::{self, OfPropertyError};
use sojourn_domain::shared::PropertyId;

use crate::AppState;
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::Failures;
use crate::paging::{PageParams, list_json};
use crate::problem::Problem;
use crate::review::{ReviewDto, ReviewList};

/// The published reviews of a property, the newest first.
#[utoipa::path(
    get, path = "/properties/{property_id}/reviews", operation_id = "list_property_reviews", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), PageParams),
    responses((status = 200, description = "A page of reviews", body = ReviewList), Failures),
    security((), ("bearer" = []))
)]
pub async fn list_property_reviews(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
    Params(page): Params<PageParams>,
) -> Result<HttpResponse, Problem> {
    let page = review::of_property(&state.ports, actor.as_ref(), id, page.request(&state)?).await?;
    Ok(list_json(&state, page.map(|review| ReviewDto::seen_by(&review, actor.as_ref()))))
}

impl From<OfPropertyError> for Problem {
    fn from(error: OfPropertyError) -> Self {
        match error {
            OfPropertyError::NotFound => Self::not_found(),
            OfPropertyError::Store(error) => error.into(),
        }
    }
}
