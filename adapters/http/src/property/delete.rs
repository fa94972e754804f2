//! `DELETE /properties/{property_id}`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use sojourn_application::property::{self, DeleteError};
use sojourn_domain::shared::PropertyId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Delete a property
///
/// Fails with 409 while it has active bookings.
#[utoipa::path(
    delete, path = "/properties/{property_id}", operation_id = "delete_property", tag = "properties",
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

impl From<DeleteError> for Problem {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::NotFound => Self::not_found(),
            DeleteError::Forbidden => Self::forbidden(),
            DeleteError::Stale => Self::stale(),
            DeleteError::HasBookings => Self::new(
                StatusCode::CONFLICT,
                "bookings_ahead",
                "A property with active bookings cannot be deleted.",
            ),
            DeleteError::Store(error) => error.into(),
        }
    }
}
