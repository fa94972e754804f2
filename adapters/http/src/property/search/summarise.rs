//! `GET /properties/summary`.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::caching::keys;
use sojourn_application::property;
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use super::params::SearchParams;
use super::summary_dto::SummaryDto;
use crate::caching::response_cache::{canonical_query, get_or_render, serialize};
use crate::extract::{MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::both;

/// The largest zoom of web maps.
const MOST_ZOOM: u32 = 22;

/// Map of a summary.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ZoomParams {
    /// Zoom of the web map that shows `bbox`, for `clusters`: each is about a quarter of a tile wide.
    #[param(minimum = 0, maximum = 22)]
    zoom: Option<u32>,
}

impl ZoomParams {
    fn parse(self) -> Result<Option<u32>, Violations> {
        let mut found = Violations::new();
        let in_range = self.zoom.is_none_or(|zoom| zoom <= MOST_ZOOM);
        found.require(in_range, "/zoom", "out_of_range", "must be from 0 to 22");
        found.into_result(self.zoom)
    }
}

/// Summarise a search
///
/// Number, prices, facets and map clusters of what a search with these filters finds. It counts listed properties and,
/// with dates, those that can be booked, as the search finds them. Of a city, country or area with more than 10,000
/// properties, it looks at the 3,000 most relevant ones alone. `sort` has no effect.
#[utoipa::path(
    get, path = "/v1/properties/summary", operation_id = "summarise_search", tag = "properties",
    params(SearchParams, ZoomParams),
    responses(
        (status = 200, description = "The summary", body = SummaryDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn summarise_search(
    state: Data<AppState>,
    request: HttpRequest,
    _caller: MaybeActor,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    let key = canonical_query("summary", query).map(keys::search);
    get_or_render(&state, &request, key, || {
        render(state.clone(), query.to_owned())
    })
    .await
}

async fn render(state: Data<AppState>, query: String) -> Result<Arc<[u8]>, Problem> {
    let search = Params::of(&query).parse(|it: SearchParams| it.parse(None));
    let (search, zoom) = both(search, Params::of(&query).parse(ZoomParams::parse))?;
    let summary = property::summarise(&state.ports, search, zoom).await?;
    serialize(None, &SummaryDto::from(summary))
}
