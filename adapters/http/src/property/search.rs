//! `GET /properties`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::property::{self, SearchError};

use super::dto::PropertyDto;
use super::list::PropertyList;
use super::search_params::SearchParams;
use crate::AppState;
use crate::extract::{MaybeActor, Params};
use crate::openapi::Failures;
use crate::paging::{PageParams, list_json};
use crate::problem::Problem;

/// Finds listed properties. With dates, only those that can be booked for them, each with its total price.
#[utoipa::path(
    get, path = "/properties", operation_id = "search_properties", tag = "properties",
    params(SearchParams, PageParams),
    responses((status = 200, description = "What was found", body = PropertyList), Failures),
    security((), ("bearer" = []))
)]
pub async fn search_properties(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Params(params): Params<SearchParams>,
    Params(page): Params<PageParams>,
) -> Result<HttpResponse, Problem> {
    let request = params.parse().map_err(Problem::unprocessable)?;
    let found = property::search(&state.ports, actor.as_ref(), request, page.request(&state)?).await?;
    Ok(list_json(&state, found.map(PropertyDto::from)))
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Invalid(found) => Self::unprocessable(found),
            SearchError::Store(error) => error.into(),
        }
    }
}
