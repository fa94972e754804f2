//! `POST /properties/{property_id}/publish`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use sojourn_application::property::{self, PublishError};
use sojourn_domain::property::Property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use crate::etag;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Publish a property
///
/// Lists the property. If it is incomplete, a 422 response names everything that is missing.
#[utoipa::path(
    post, path = "/properties/{property_id}/publish", operation_id = "publish_property", tag = "properties",
    params(Target<PropertyId>),
    responses((status = 200, description = "The listed property", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn publish_property(on: Target<PropertyId>) -> Result<HttpResponse, Problem> {
    match property::publish(&on.state.ports, &on.actor, on.id, on.expected).await {
        Ok(now) => Ok(show(&on, &now)),
        Err(error) => Err(unmoved(&on, error).await),
    }
}

/// Responds to a command with the updated property, including its exact location.
pub fn show(on: &Target<PropertyId>, now: &Property) -> HttpResponse {
    etag::respond(
        &on.request,
        StatusCode::OK,
        now.version,
        &PropertyDto::new(now, true),
    )
}

/// The problem of a property that cannot be published or unlisted; it names the current status.
pub async fn unmoved(on: &Target<PropertyId>, error: PublishError) -> Problem {
    match error {
        PublishError::NotFound => Problem::not_found(),
        PublishError::Forbidden => Problem::forbidden(),
        PublishError::Stale => Problem::stale(),
        PublishError::WrongState => wrong_state(on).await,
        PublishError::Invalid(found) => Problem::unprocessable(found),
        PublishError::Store(error) => error.into(),
    }
}

async fn wrong_state(on: &Target<PropertyId>) -> Problem {
    match property::get(&on.state.ports, Some(&on.actor), on.id).await {
        Ok(view) => {
            let detail = format!(
                "This is not possible for a property with the status {}.",
                view.property.status
            );
            Problem::conflict("wrong_state", detail)
        }
        Err(error) => error.into(),
    }
}
