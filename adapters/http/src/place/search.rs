//! `GET /places`.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::caching::keys;
use sojourn_application::{input, place};
use utoipa::IntoParams;

use super::dto::{PlaceDto, PlaceList};
use crate::caching::response_cache::{canonical_query, get_or_render, serialize};
use crate::extract::{MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Number of places of an answer when absent.
const USUAL_LIMIT: u32 = 10;

/// The beginning of a city's name.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlaceParams {
    /// Beginning of the city's name, without regard to case and accents.
    #[param(min_length = 1, max_length = 100)]
    prefix: String,
    /// Maximum number of cities.
    #[param(minimum = 1, maximum = 20, default = 10)]
    limit: Option<u32>,
}

/// Search cities
///
/// Cities of listed properties whose name begins with a prefix, for suggestions while a search is typed: those with the
/// most properties first. Pass `city` and `country` to the search of properties.
#[utoipa::path(
    get, path = "/v1/places", operation_id = "search_places", tag = "properties",
    params(PlaceParams),
    responses(
        (status = 200, description = "The cities", body = PlaceList),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn search_places(
    state: Data<AppState>,
    request: HttpRequest,
    _: MaybeActor,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    let key = canonical_query("places", query).map(keys::places);
    get_or_render(&state, &request, key, || {
        find(state.clone(), query.to_owned())
    })
    .await
}

async fn find(state: Data<AppState>, query: String) -> Result<Arc<[u8]>, Problem> {
    let search = Params::<PlaceParams>::of(&query)
        .parse(|it| input::place_search(&it.prefix, it.limit.unwrap_or(USUAL_LIMIT), "/limit"))?;
    let found = place::search(&state.ports, search).await?;
    let places = PlaceList {
        data: found.into_iter().map(PlaceDto::from).collect(),
        next_cursor: None,
    };
    serialize(None, &places)
}
