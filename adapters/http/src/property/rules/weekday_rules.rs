//! Weekday rules as JSON.

use chrono::Weekday;
use serde::{Deserialize, Serialize};
use sojourn_domain::property::WeekdayRules;
use utoipa::ToSchema;

/// Rules for one day of the week. Absent fields default to the property's rules; rules of single dates
/// take precedence.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WeekdayRules)]
pub struct WeekdayRulesDto {
    /// Day of the week.
    pub weekday: WeekdayDto,
    /// Minimum length of a stay that begins on this day, in nights.
    #[schema(minimum = 1, maximum = 731)]
    pub min_nights: Option<u32>,
    /// Maximum length of a stay that begins on this day, in nights.
    #[schema(minimum = 1, maximum = 731)]
    pub max_nights: Option<u32>,
    /// True if no check-in is allowed on this day.
    #[serde(default)]
    pub closed_to_arrival: bool,
    /// True if no check-out is allowed on this day.
    #[serde(default)]
    pub closed_to_departure: bool,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Weekday)]
pub enum WeekdayDto {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl From<Weekday> for WeekdayDto {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Mon => Self::Monday,
            Weekday::Tue => Self::Tuesday,
            Weekday::Wed => Self::Wednesday,
            Weekday::Thu => Self::Thursday,
            Weekday::Fri => Self::Friday,
            Weekday::Sat => Self::Saturday,
            Weekday::Sun => Self::Sunday,
        }
    }
}

impl From<WeekdayDto> for Weekday {
    fn from(day: WeekdayDto) -> Self {
        match day {
            WeekdayDto::Monday => Self::Mon,
            WeekdayDto::Tuesday => Self::Tue,
            WeekdayDto::Wednesday => Self::Wed,
            WeekdayDto::Thursday => Self::Thu,
            WeekdayDto::Friday => Self::Fri,
            WeekdayDto::Saturday => Self::Sat,
            WeekdayDto::Sunday => Self::Sun,
        }
    }
}

impl From<&WeekdayRules> for WeekdayRulesDto {
    fn from(rules: &WeekdayRules) -> Self {
        Self {
            weekday: rules.weekday.into(),
            min_nights: rules.min_nights,
            max_nights: rules.max_nights,
            closed_to_arrival: rules.closed_to_arrival,
            closed_to_departure: rules.closed_to_departure,
        }
    }
}

impl From<&WeekdayRulesDto> for WeekdayRules {
    fn from(dto: &WeekdayRulesDto) -> Self {
        Self {
            weekday: dto.weekday.into(),
            min_nights: dto.min_nights,
            max_nights: dto.max_nights,
            closed_to_arrival: dto.closed_to_arrival,
            closed_to_departure: dto.closed_to_departure,
        }
    }
}
