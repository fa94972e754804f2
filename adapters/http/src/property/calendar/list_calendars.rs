//! `GET /calendars`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sojourn_application::property;
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::dto::NightDto;
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enums;
use crate::wire::stay::date;

/// Properties and a range of nights.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CalendarsParams {
    /// Ids of the properties, separated by commas.
    #[param(
        value_type = Vec<PropertyIdSchema>, inline, style = Form, explode = false, min_items = 1, max_items = 20
    )]
    property_ids: String,
    /// First night.
    #[param(format = Date)]
    from: String,
    /// Date after the last night, at most 92 days after `from`.
    #[param(format = Date)]
    to: String,
}

/// Schema of an id of a property.
#[derive(Debug)]
pub struct PropertyIdSchema;

impl PartialSchema for PropertyIdSchema {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom("uuid".to_owned())))
            .into()
    }
}

impl ToSchema for PropertyIdSchema {}

/// The calendars of properties.
#[derive(Debug, Serialize, ToSchema)]
pub struct HostCalendarList {
    /// The calendar of each property, in the order of `property_ids`.
    data: Vec<HostCalendarDto>,
    /// Always null.
    next_cursor: Option<String>,
}

/// The calendar of a property, as its host sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HostCalendar)]
pub struct HostCalendarDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    property_id: PropertyId,
    /// Nights in chronological order.
    nights: Vec<NightDto>,
}

impl CalendarsParams {
    /// The properties, the first night, and the date after the last one.
    fn parse(self) -> Result<(Vec<PropertyId>, NaiveDate, NaiveDate), Violations> {
        let mut found = Violations::new();
        let ids = parse_enums(&mut found, "/property_ids", &self.property_ids, |word| {
            word.parse::<PropertyId>().ok()
        });
        let from = date(&mut found, "/from", &self.from);
        let to = date(&mut found, "/to", &self.to);
        let (Some(from), Some(to)) = (from, to) else {
            return Err(found);
        };
        found.into_result((ids, from, to))
    }
}

impl From<property::PropertyCalendar> for HostCalendarDto {
    fn from(calendar: property::PropertyCalendar) -> Self {
        Self {
            property_id: calendar.property_id,
            nights: calendar.days.into_iter().map(Into::into).collect(),
        }
    }
}

/// List the calendars of several properties
///
/// The nights of each property, as the operation for one calendar shows them to the host. For the host of all of them,
/// and operators: a property that the caller may not know of is 404, another host's is 403, and nothing is returned of
/// the others. The list has one page.
#[utoipa::path(
    get, path = "/v1/calendars", operation_id = "list_calendars", tag = "properties",
    params(CalendarsParams),
    responses((status = 200, description = "The calendars", body = HostCalendarList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_calendars(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<CalendarsParams>,
) -> Result<HttpResponse, Problem> {
    let (ids, from, to) = params.parse(CalendarsParams::parse)?;
    let calendars = property::get_calendars(&state.ports, &who.actor, ids, from, to).await?;
    Ok(HttpResponse::Ok().json(HostCalendarList {
        data: calendars.into_iter().map(Into::into).collect(),
        next_cursor: None,
    }))
}
