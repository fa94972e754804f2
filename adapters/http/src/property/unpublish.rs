//! `POST /properties/{property_id}/unpublish`.

use actix_web::HttpResponse;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::publish::respond_with_property;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Unlist a property
///
/// Existing bookings stay valid.
#[utoipa::path(
    post, path = "/v1/properties/{property_id}/unpublish", operation_id = "unpublish_property", tag = "properties",
    params(ResourceCommand<PropertyId>),
    responses((status = 200, description = "The unlisted property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn unpublish_property(
    command: ResourceCommand<PropertyId>,
) -> Result<HttpResponse, Problem> {
    let now = property::unpublish(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_property(&command, &now))
}
