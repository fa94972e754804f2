//! `GET /properties/{property_id}`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::ports::{CacheKey, Shelf, Topic};
use sojourn_application::property::{self, GetError};
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use crate::AppState;
use crate::cached::{answer, kept};
use crate::etag;
use crate::extract::{Id, MaybeActor};
use crate::openapi::Failures;
use crate::problem::Problem;

/// Get a property
///
/// Drafts are only visible to their host and operators.
#[utoipa::path(
    get, path = "/properties/{property_id}", operation_id = "get_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The property", body = PropertyDto),
        (status = 304, description = "Not modified"),
        Failures
    ),
    security((), ("bearer" = []))
)]
pub async fn get_property(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
) -> Result<HttpResponse, Problem> {
    if actor.is_none() {
        let (shelf, topics) = (Shelf::Properties, vec![Topic::Property(id)]);
        let key = CacheKey {
            shelf,
            name: id.to_string(),
            topics,
        };
        return answer(&state, &request, Some(key), || {
            for_everybody(state.clone(), id)
        })
        .await;
    }
    let view = property::get(&state.ports, actor.as_ref(), id).await?;
    Ok(etag::respond(
        &request,
        StatusCode::OK,
        view.property.version,
        &PropertyDto::from(&view),
    ))
}

async fn for_everybody(state: Data<AppState>, id: PropertyId) -> Result<Arc<[u8]>, Problem> {
    let view = property::get(&state.ports, None, id).await?;
    kept(Some(view.property.version), &PropertyDto::from(&view))
}

impl From<GetError> for Problem {
    fn from(error: GetError) -> Self {
        match error {
            GetError::NotFound => Self::not_found(),
            GetError::Store(error) => error.into(),
        }
    }
}
