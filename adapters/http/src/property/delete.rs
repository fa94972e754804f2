//! `DELETE /properties/{property_id}`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use sojourn_application::property::{self, DeleteError};
use sojourn_domain::shared::PropertyId;

use super::failures::Failures;
use crate::AppState;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;

/// Removes a property. Refused while it has bookings.
#[utoipa::path(
    delete, path = "/properties/{property_id}", operation_id = "delete_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    responses((status = 204, description = "Gone"), Failures),
    security(("bearer" = []))
)]
pub async fn delete_property(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    property::delete(&state.ports, &who.actor, id, expected).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<DeleteError> for Problem {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::NotFound => Self::not_found(),
            DeleteError::Forbidden => Self::forbidden(),
            DeleteError::Stale => Self::stale(),
            DeleteError::BookingsAhead => Self::new(
                StatusCode::CONFLICT,
                "bookings_ahead",
                "a property with bookings cannot be removed",
            ),
            DeleteError::Store(error) => error.into(),
        }
    }
}
