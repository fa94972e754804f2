//! The nights of a property as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use sojourn_application::property::CalendarDay;
use utoipa::ToSchema;

use crate::money_dto::MoneyDto;

/// The nights asked for, in order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarDto {
    /// One row a night.
    pub data: Vec<NightDto>,
}

/// A night.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Night)]
pub struct NightDto {
    /// The date on which it begins.
    #[schema(value_type = String, format = Date)]
    pub date: NaiveDate,
    /// Whether one can arrive for it.
    pub available: bool,
    /// Why not: `booked`, `held`, `blocked`, `preparation`, `imported` (to strangers all `unavailable`), `past`,
    /// `too_soon` or `too_far`.
    pub reason: Option<&'static str>,
    /// What it costs.
    pub price: Option<MoneyDto>,
    /// Fewest nights of a stay that begins then.
    pub min_nights: u32,
    /// Most nights of a stay that begins then.
    pub max_nights: u32,
    /// Nobody arrives then.
    pub closed_to_arrival: bool,
    /// Nobody departs then.
    pub closed_to_departure: bool,
    /// The host's own note, shown to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
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
