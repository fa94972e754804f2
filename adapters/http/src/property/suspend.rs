//! `POST /admin/properties/{property_id}/suspend`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::access::permit_admin;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::publish::respond_with_view;
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::reason::ReasonInput;

/// Suspend a property
///
/// The property is no longer listed, and its host cannot publish it until it is reinstated. Existing
/// bookings stay valid. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/properties/{property_id}/suspend", operation_id = "suspend_property", tag = "admin",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 200, description = "The suspended property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn suspend_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    let now = property::suspend(&state.ports, &who.actor, id, reason).await?;
    Ok(respond_with_view(&request, StatusCode::OK, &now))
}
