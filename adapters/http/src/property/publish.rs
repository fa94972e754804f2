//! `POST /properties/{property_id}/publish`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::property::{self, PropertyView};
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use crate::etag;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Publish a property
///
/// Lists the property. If it is incomplete, a 422 response names everything that is missing.
#[utoipa::path(
    post, path = "/v1/properties/{property_id}/publish", operation_id = "publish_property", tag = "properties",
    params(ResourceCommand<PropertyId>),
    responses((status = 200, description = "The listed property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn publish_property(
    command: ResourceCommand<PropertyId>,
) -> Result<HttpResponse, Problem> {
    let now = property::publish(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_property(&command, &now))
}

/// Responds to a command with the updated property, including its exact location.
pub fn respond_with_property(
    command: &ResourceCommand<PropertyId>,
    now: &PropertyView,
) -> HttpResponse {
    respond_with_view(&command.request, StatusCode::OK, now)
}

/// Responds with the whole property, as its host and operators see it.
pub fn respond_with_view(
    request: &HttpRequest,
    status: StatusCode,
    view: &PropertyView,
) -> HttpResponse {
    etag::respond(request, status, view.version, &PropertyDto::from(view))
}
