//! `GET /amenities`.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use sojourn_domain::property::AMENITIES;
use utoipa::ToSchema;

use crate::caching::response_cache::{get_or_render, serialize};
use crate::extract::MaybeActor;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::enums::AmenityCategorySchema;

/// An amenity of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Amenity)]
pub struct AmenityDto {
    /// Stable identifier, as in `amenities` of a property and of a search.
    id: &'static str,
    /// English label.
    label: &'static str,
    /// Category.
    #[schema(value_type = AmenityCategorySchema)]
    category: &'static str,
}

/// The catalogue of amenities.
#[derive(Debug, Serialize, ToSchema)]
pub struct AmenityList {
    /// All of them.
    data: Vec<AmenityDto>,
    /// Always null.
    next_cursor: Option<String>,
}

/// List amenities
///
/// The catalogue of amenities with their labels. A property may have others besides, in the words of its host.
#[utoipa::path(
    get, path = "/v1/amenities", operation_id = "list_amenities", tag = "properties",
    responses(
        (status = 200, description = "The amenities", body = AmenityList),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn list_amenities(
    state: Data<AppState>,
    request: HttpRequest,
    _: MaybeActor,
) -> Result<HttpResponse, Problem> {
    get_or_render(&state, &request, None, || async { catalogue() }).await
}

fn catalogue() -> Result<Arc<[u8]>, Problem> {
    let all = AMENITIES.iter().map(|it| AmenityDto {
        id: it.id,
        label: it.label,
        category: it.category.as_str(),
    });
    let list = AmenityList {
        data: all.collect(),
        next_cursor: None,
    };
    serialize(None, &list)
}
