//! Calendars as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use sojourn_application::property::CalendarDay;
use std::borrow::Cow;

use sojourn_domain::booking::UnavailableReason;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::wire::money::MoneyDto;

/// A range of nights of a property.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyCalendar)]
pub struct CalendarDto {
    /// Nights in chronological order.
    pub data: Vec<NightDto>,
}

/// A night of a calendar.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarNight)]
pub struct NightDto {
    /// Date on which the night begins.
    #[schema(value_type = String, format = Date)]
    pub date: NaiveDate,
    /// True if the night can be booked.
    pub available: bool,
    /// Reason if not available: `booked`, `held`, `blocked`, `preparation` or `imported` (all of which are
    /// `unavailable` for anyone but the host and operators), `past`, `too_soon` or `too_far`.
    #[schema(value_type = Option<NightReasonSchema>)]
    pub reason: Option<&'static str>,
    /// Price of the night.
    pub price: Option<MoneyDto>,
    /// Minimum length of a stay that begins on this date, in nights.
    pub min_nights: u32,
    /// Maximum length of a stay that begins on this date, in nights.
    pub max_nights: u32,
    /// True if no check-in is allowed on this date.
    pub closed_to_arrival: bool,
    /// True if no check-out is allowed on this date.
    pub closed_to_departure: bool,
    /// The host's note, visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
}

/// Schema of the reasons for which a night is unavailable.
#[derive(Debug)]
pub struct NightReasonSchema;

impl PartialSchema for NightReasonSchema {
    fn schema() -> RefOr<Schema> {
        let own = UnavailableReason::ALL.iter().map(|it| it.as_str());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(own.chain(["unavailable"])))
            .into()
    }
}

impl ToSchema for NightReasonSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("UnavailableReason")
    }
}

impl From<Vec<CalendarDay>> for CalendarDto {
    fn from(days: Vec<CalendarDay>) -> Self {
        Self {
            data: days.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CalendarDay> for NightDto {
    fn from(day: CalendarDay) -> Self {
        Self {
            date: day.date,
            available: day.available,
            reason: day.reason,
            price: day.price.map(Into::into),
            min_nights: day.min_nights,
            max_nights: day.max_nights,
            closed_to_arrival: day.closed_to_arrival,
            closed_to_departure: day.closed_to_departure,
            note: day.note,
        }
    }
}
