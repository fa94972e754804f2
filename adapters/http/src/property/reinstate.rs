//! `POST /admin/properties/{property_id}/reinstate`.

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

/// Reinstate a suspended property
///
/// The property becomes unlisted, and its host can publish it again. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/properties/{property_id}/reinstate", operation_id = "reinstate_property", tag = "admin",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 200, description = "The unlisted property", body = PropertyDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn reinstate_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    let now = property::reinstate(&state.ports, &who.actor, id, reason).await?;
    Ok(respond_with_view(&request, StatusCode::OK, &now))
}
