//! `GET /properties/{property_id}/similar`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::caching::keys;
use sojourn_application::property;
use sojourn_domain::shared::{Actor, PropertyId, Violations};
use utoipa::IntoParams;

use super::dto::PropertyDto;
use super::list_dto::PropertyList;
use crate::caching::response_cache::{canonical_query, respond_shared};
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Number of properties unless another one is asked for.
const USUAL: usize = 8;

/// The most properties.
const MOST: usize = 20;

/// Number of similar properties.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SimilarParams {
    /// Maximum number of properties.
    #[param(minimum = 1, maximum = 20, default = 8)]
    limit: Option<usize>,
}

impl SimilarParams {
    fn parse(self) -> Result<usize, Violations> {
        let mut found = Violations::new();
        let limit = self.limit.unwrap_or(USUAL);
        let detail = "must be from 1 to 20";
        found.require(
            (1..=MOST).contains(&limit),
            "/limit",
            "out_of_range",
            detail,
        );
        found.into_result(limit)
    }
}

/// List similar properties
///
/// The most similar listed properties first: near it, with the same room type, and of a similar price and size. The
/// list has one page.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}/similar", operation_id = "list_similar_properties", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), SimilarParams),
    responses(
        (status = 200, description = "The similar properties", body = PropertyList),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn list_similar_properties(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    let key = canonical_query(&format!("similar/{id}"), query).map(|name| keys::similar(id, name));
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
) -> Result<(Option<i64>, PropertyList), Problem> {
    let limit = Params::of(query).parse(SimilarParams::parse)?;
    let found = property::similar(&state.ports, actor, id, limit).await?;
    let list = PropertyList {
        data: found.iter().map(PropertyDto::from).collect(),
        next_cursor: None,
    };
    Ok((None, list))
}
