//! `PATCH /properties/{property_id}`.

use actix_web::HttpResponse;
use sojourn_application::property::{self, UpdateError};
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::input::PropertyPatch;
use super::publish::show;
use crate::extract::{Body, Target};
use crate::openapi::Failures;
use crate::problem::Problem;

/// Update a property
///
/// JSON Merge Patch of the details. A listed property must stay complete.
#[utoipa::path(
    patch, path = "/properties/{property_id}", operation_id = "update_property", tag = "properties",
    params(Target<PropertyId>),
    request_body = PropertyPatch,
    responses((status = 200, description = "The updated property", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn update_property(
    on: Target<PropertyId>,
    Body(patch): Body<PropertyPatch>,
) -> Result<HttpResponse, Problem> {
    let now = property::update(
        &on.state.ports,
        &on.actor,
        on.id,
        &|details| patch.apply(details),
        on.expected,
    )
    .await?;
    Ok(show(&on, &now))
}

impl From<UpdateError> for Problem {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::NotFound => Self::not_found(),
            UpdateError::Forbidden => Self::forbidden(),
            UpdateError::Stale => Self::stale(),
            UpdateError::Invalid(found) => Self::unprocessable(found),
            UpdateError::Store(error) => error.into(),
        }
    }
}
