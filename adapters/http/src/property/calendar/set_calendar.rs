//! `PUT /properties/{property_id}/calendar`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::CalendarDto;
use super::patch::CalendarInput;
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Update the calendar of a property
///
/// Sets blocks, prices and rules of the nights of a range, or of several `ranges` that are applied one after another:
/// of two for one night the later one wins. Everything is changed or nothing: blocking a night that is booked or held
/// fails with 409. Up to 50 ranges of up to 366 nights, all within 732 nights.
#[utoipa::path(
    put, path = "/v1/properties/{property_id}/calendar", operation_id = "set_calendar", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = CalendarInput,
    extensions(("x-body-limit" = json!(1_048_576))),
    responses((status = 200, description = "The nights of the ranges after the change", body = CalendarDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn set_calendar(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    input: Body<CalendarInput>,
) -> Result<HttpResponse, Problem> {
    let permission = property::permit_change(&state.ports, &who.actor, id);
    let change = input.parse_after(permission, CalendarInput::parse).await?;
    let days = property::set_calendar(&state.ports, &who.actor, id, change).await?;
    Ok(HttpResponse::Ok().json(CalendarDto::from(days)))
}
