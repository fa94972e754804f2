//! `POST /properties`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::property;

use super::dto::PropertyDto;
use super::input::PropertyInput;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::state::AppState;

/// Create a property
///
/// The property is a draft, which may be incomplete. The caller becomes its host.
#[utoipa::path(
    post, path = "/v1/properties", operation_id = "create_property", tag = "properties",
    request_body = PropertyInput,
    extensions(("x-body-limit" = json!(262_144))),
    responses((status = 201, description = "The draft", body = PropertyDto, links(
            ("get_property" = (operation_id = "get_property", parameters(("property_id" = "$response.body#/id")))),
            ("update_property" = (operation_id = "update_property", parameters(("property_id" = "$response.body#/id")))),
            ("publish_property" = (operation_id = "publish_property", parameters(("property_id" = "$response.body#/id")))),
            ("get_calendar" = (operation_id = "get_calendar", parameters(("property_id" = "$response.body#/id")))),
            ("set_calendar" = (operation_id = "set_calendar", parameters(("property_id" = "$response.body#/id")))),
            ("list_property_reviews" = (operation_id = "list_property_reviews", parameters(("property_id" = "$response.body#/id")))),
            ("delete_property" = (operation_id = "delete_property", parameters(("property_id" = "$response.body#/id"))))
        )), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn create_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<PropertyInput>,
) -> Result<HttpResponse, Problem> {
    let details = input.parse(PropertyInput::parse)?;
    let view = property::create(&state.ports, &who.actor, details).await?;
    Ok(created(
        &request,
        "/v1/properties",
        &view.id,
        view.version,
        &PropertyDto::from(&view),
    ))
}
