//! `PATCH /properties/{property_id}`.

use actix_web::HttpResponse;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::input::PropertyPatch;
use super::publish::respond_with_property;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Update a property
///
/// JSON Merge Patch of the details. A listed property must stay complete.
#[utoipa::path(
    patch, path = "/v1/properties/{property_id}", operation_id = "update_property", tag = "properties",
    params(ResourceCommand<PropertyId>),
    request_body = PropertyPatch,
    extensions(("x-body-limit" = json!(262_144))),
    responses((status = 200, description = "The updated property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn update_property(
    command: ResourceCommand<PropertyId>,
    patch: Body<PropertyPatch>,
) -> Result<HttpResponse, Problem> {
    let permission = property::permit_change(&command.state.ports, &command.actor, command.id);
    let patch = patch.judge_after(permission).await?;
    let now = property::update(
        &command.state.ports,
        &command.actor,
        command.id,
        &|details| patch.apply(details),
        command.expected,
    )
    .await?;
    Ok(respond_with_property(&command, &now))
}
