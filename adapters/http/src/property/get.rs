//! `GET /properties/{property_id}`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use crate::caching::response_cache::{get_or_render, serialize};
use crate::etag;
use crate::extract::{Id, MaybeActor};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a property
///
/// Drafts are only visible to their host and operators.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}", operation_id = "get_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The property", body = PropertyDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
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
        let key = keys::public_property(id);
        return get_or_render(&state, &request, Some(key), || {
            render_public(state.clone(), id)
        })
        .await;
    }
    let view = property::get(&state.ports, actor.as_ref(), id).await?;
    Ok(etag::respond(
        &request,
        StatusCode::OK,
        view.version,
        &PropertyDto::from(&view),
    ))
}

async fn render_public(state: Data<AppState>, id: PropertyId) -> Result<Arc<[u8]>, Problem> {
    let view = property::get(&state.ports, None, id).await?;
    serialize(Some(view.version), &PropertyDto::from(&view))
}
