//! `DELETE /properties/{property_id}`.

use actix_web::HttpResponse;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Delete a property
///
/// Fails with 409 while it has active bookings. Past and cancelled bookings stay readable.
#[utoipa::path(
    delete, path = "/v1/properties/{property_id}", operation_id = "delete_property", tag = "properties",
    params(ResourceCommand<PropertyId>),
    responses((status = 204, description = "Property deleted"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn delete_property(
    command: ResourceCommand<PropertyId>,
) -> Result<HttpResponse, Problem> {
    property::delete(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
