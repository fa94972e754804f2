//! Stay rules as JSON.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use sojourn_application::input;
use sojourn_domain::property::StayRules;
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::weekday_rules::WeekdayRulesDto;

/// Rules for the dates and the length of stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = StayRules)]
pub struct StayRulesDto {
    /// Minimum length of a stay, in nights.
    #[schema(minimum = 1, maximum = 731)]
    pub min_nights: u32,
    /// Maximum length of a stay, in nights.
    #[schema(minimum = 1, maximum = 731)]
    pub max_nights: u32,
    /// Minimum time between booking and check-in, in hours: 0 to 24, 48, 72 or 168.
    #[schema(minimum = 0, maximum = 168)]
    pub advance_notice_hours: u32,
    /// Maximum number of days from today to check-in, 1 to 3650; -1 for no limit.
    #[schema(minimum = -1, maximum = 3650)]
    pub booking_window_days: i32,
    /// Number of nights blocked after each stay for preparation.
    #[schema(minimum = 0, maximum = 2)]
    pub preparation_nights: u32,
    /// Earliest check-in time, local time `HH:MM`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub check_in_from: String,
    /// Latest check-out time, local time `HH:MM`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub check_out_until: String,
    /// Different rules for days of the week, at most one per day.
    #[schema(max_items = 7)]
    pub weekdays: Vec<WeekdayRulesDto>,
}

impl Default for StayRulesDto {
    fn default() -> Self {
        Self::from(&StayRules::default())
    }
}

impl From<&StayRules> for StayRulesDto {
    fn from(rules: &StayRules) -> Self {
        Self {
            min_nights: rules.min_nights,
            max_nights: rules.max_nights,
            advance_notice_hours: rules.advance_notice_hours,
            booking_window_days: rules.booking_window_days,
            preparation_nights: rules.preparation_nights,
            check_in_from: wall_clock(rules.check_in_from),
            check_out_until: wall_clock(rules.check_out_until),
            weekdays: rules.weekdays.iter().map(Into::into).collect(),
        }
    }
}

impl StayRulesDto {
    /// The rules; adds a violation for each value that cannot be read.
    pub fn parse(&self, found: &mut Violations) -> StayRules {
        StayRules {
            min_nights: self.min_nights,
            max_nights: self.max_nights,
            advance_notice_hours: self.advance_notice_hours,
            booking_window_days: self.booking_window_days,
            preparation_nights: self.preparation_nights,
            check_in_from: time(found, "/stay_rules/check_in_from", &self.check_in_from),
            check_out_until: time(found, "/stay_rules/check_out_until", &self.check_out_until),
            weekdays: self.weekdays.iter().map(Into::into).collect(),
        }
    }
}

fn wall_clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn time(found: &mut Violations, pointer: &str, text: &str) -> NaiveTime {
    input::wall_clock_time(text, pointer, found)
}
