//! `POST /properties/{property_id}/publish`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use sojourn_application::property::{self, PublishError};
use sojourn_domain::property::Property;
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
    post, path = "/properties/{property_id}/publish", operation_id = "publish_property", tag = "properties",
    params(ResourceCommand<PropertyId>),
    responses((status = 200, description = "The listed property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn publish_property(
    command: ResourceCommand<PropertyId>,
) -> Result<HttpResponse, Problem> {
    match property::publish(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await
    {
        Ok(now) => Ok(respond_with_property(&command, &now)),
        Err(error) => Err(publish_problem(&command, error).await),
    }
}

/// Responds to a command with the updated property, including its exact location.
pub fn respond_with_property(
    command: &ResourceCommand<PropertyId>,
    now: &Property,
) -> HttpResponse {
    etag::respond(
        &command.request,
        StatusCode::OK,
        now.version,
        &PropertyDto::new(now, true),
    )
}

/// The problem of a property that cannot be published or unlisted; it names the current status.
pub async fn publish_problem(
    command: &ResourceCommand<PropertyId>,
    error: PublishError,
) -> Problem {
    match error {
        PublishError::NotFound => Problem::not_found(),
        PublishError::Forbidden => Problem::forbidden(),
        PublishError::Stale => Problem::stale(),
        PublishError::WrongState => wrong_state(command).await,
        PublishError::Invalid(found) => Problem::unprocessable(found),
        PublishError::Store(error) => error.into(),
    }
}

async fn wrong_state(command: &ResourceCommand<PropertyId>) -> Problem {
    match property::get(&command.state.ports, Some(&command.actor), command.id).await {
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
