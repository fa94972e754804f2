//! `PUT /properties/{property_id}/calendar`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::Patch;
use sojourn_application::property::{self, SetCalendar};
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::ToSchema;

use super::dto::CalendarDto;
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::merge_patch::{double_option, non_null};
use crate::wire::money::MoneyDto;
use crate::wire::stay::date;

/// Changes to a range of nights: absent fields stay unchanged, `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CalendarPatch)]
pub struct CalendarInput {
    /// First night.
    #[schema(format = Date)]
    from: String,
    /// Date after the last night, at most 366 days after `from`.
    #[schema(format = Date)]
    to: String,
    /// True to block the nights, false to unblock them.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = bool, required = false)]
    blocked: Option<Option<bool>>,
    /// Price of each night.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<MoneyDto>)]
    price: Option<Option<MoneyDto>>,
    /// Minimum length of a stay that begins on these dates, in nights.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 731)]
    min_nights: Option<Option<u32>>,
    /// Maximum length of a stay that begins on these dates, in nights.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 731)]
    max_nights: Option<Option<u32>>,
    /// True if no check-in is allowed on these dates.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<bool>)]
    closed_to_arrival: Option<Option<bool>>,
    /// True if no check-out is allowed on these dates.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<bool>)]
    closed_to_departure: Option<Option<bool>>,
    /// The host's note, visible to the host and operators.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    note: Option<Option<String>>,
}

fn to_patch<T>(field: Option<Option<T>>) -> Patch<T> {
    match field {
        None => Patch::Keep,
        Some(None) => Patch::Clear,
        Some(Some(value)) => Patch::Set(value),
    }
}

impl CalendarInput {
    fn parse(self) -> Result<SetCalendar, Violations> {
        let mut found = Violations::new();
        let ends = (
            date(&mut found, "/from", &self.from),
            date(&mut found, "/to", &self.to),
        );
        let price = match self.price {
            None => Patch::Keep,
            Some(None) => Patch::Clear,
            Some(Some(price)) => price
                .parse("/price", &mut found)
                .map_or(Patch::Keep, Patch::Set),
        };
        let blocked = non_null(&mut found, "/blocked", self.blocked);
        let (Some(from), Some(to)) = ends else {
            return Err(found);
        };
        found.into_result(SetCalendar {
            from,
            to,
            blocked,
            price,
            min_nights: to_patch(self.min_nights),
            max_nights: to_patch(self.max_nights),
            closed_to_arrival: to_patch(self.closed_to_arrival),
            closed_to_departure: to_patch(self.closed_to_departure),
            note: to_patch(self.note),
        })
    }
}

/// Update the calendar of a property
///
/// Sets blocks, prices and rules of a range of nights. Blocking a night that is booked or held fails with
/// 409 and changes nothing.
#[utoipa::path(
    put, path = "/v1/properties/{property_id}/calendar", operation_id = "set_calendar", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = CalendarInput,
    responses((status = 200, description = "The updated nights", body = CalendarDto), ProblemResponses),
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
