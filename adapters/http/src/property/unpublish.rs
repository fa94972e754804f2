//! `POST /properties/{property_id}/unpublish`.

use actix_web::HttpResponse;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::publish::{show, unmoved};
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Unlist a property
///
/// Existing bookings stay valid.
#[utoipa::path(
    post, path = "/properties/{property_id}/unpublish", operation_id = "unpublish_property", tag = "properties",
    params(Target<PropertyId>),
    responses((status = 200, description = "The unlisted property", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn unpublish_property(on: Target<PropertyId>) -> Result<HttpResponse, Problem> {
    match property::unpublish(&on.state.ports, &on.actor, on.id, on.expected).await {
        Ok(now) => Ok(show(&on, &now)),
        Err(error) => Err(unmoved(&on, error).await),
    }
}
