//! `GET /properties/{property_id}/calendar`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::Deserialize;
use sojourn_application::property;
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::IntoParams;

use super::dto::CalendarDto;
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::stay::date;

/// A range of nights.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CalendarParams {
    /// First night.
    #[param(format = Date)]
    from: String,
    /// Date after the last night, at most 366 days after `from`.
    #[param(format = Date)]
    to: String,
}

impl CalendarParams {
    /// The first night, and the date after the last one.
    fn parse(self) -> Result<(NaiveDate, NaiveDate), Violations> {
        let mut found = Violations::new();
        let from = date(&mut found, "/from", &self.from);
        let to = date(&mut found, "/to", &self.to);
        from.zip(to).ok_or(found)
    }
}

/// Get the calendar of a property
///
/// Availability, price and rules of each night.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}/calendar", operation_id = "get_calendar", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), CalendarParams),
    responses((status = 200, description = "The nights", body = CalendarDto), ProblemResponses),
    security((), ("bearer" = []))
)]
pub async fn get_calendar(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
    params: Params<CalendarParams>,
) -> Result<HttpResponse, Problem> {
    let (from, to) = params.parse(CalendarParams::parse)?;
    let days = property::get_calendar(&state.ports, actor.as_ref(), id, from, to).await?;
    Ok(HttpResponse::Ok().json(CalendarDto::from(days)))
}
