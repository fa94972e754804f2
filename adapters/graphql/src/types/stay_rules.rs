//! Stay rules of properties.

use async_graphql::SimpleObject;
use chrono::{NaiveTime, Timelike};
use sojourn_domain::property;

use crate::scalars::Weekday;

/// Rules for the dates and the length of stays.
#[derive(SimpleObject)]
pub(crate) struct StayRules {
    /// Minimum length of a stay, in nights.
    min_nights: u32,
    /// Maximum length of a stay, in nights.
    max_nights: u32,
    /// Minimum time between booking and check-in, in hours.
    advance_notice_hours: u32,
    /// Maximum number of days from today to check-in; -1 for no limit.
    booking_window_days: i32,
    /// Number of nights blocked after each stay for preparation.
    preparation_nights: u32,
    /// Earliest check-in time, local time `HH:MM`.
    check_in_from: String,
    /// Latest check-out time, local time `HH:MM`.
    check_out_until: String,
    /// Different rules for days of the week, at most one per day.
    weekdays: Vec<WeekdayRules>,
}

/// Rules for one day of the week; null fields default to the property's rules.
#[derive(SimpleObject)]
pub(crate) struct WeekdayRules {
    /// Day of the week.
    weekday: Weekday,
    /// Minimum length of a stay that begins on this day, in nights.
    min_nights: Option<u32>,
    /// Maximum length of a stay that begins on this day, in nights.
    max_nights: Option<u32>,
    /// True if no check-in is allowed on this day.
    closed_to_arrival: bool,
    /// True if no check-out is allowed on this day.
    closed_to_departure: bool,
}

impl From<&property::StayRules> for StayRules {
    fn from(rules: &property::StayRules) -> Self {
        let weekdays = rules.weekdays.iter().map(|it| WeekdayRules {
            weekday: it.weekday.into(),
            min_nights: it.min_nights,
            max_nights: it.max_nights,
            closed_to_arrival: it.closed_to_arrival,
            closed_to_departure: it.closed_to_departure,
        });
        Self {
            min_nights: rules.min_nights,
            max_nights: rules.max_nights,
            advance_notice_hours: rules.advance_notice_hours,
            booking_window_days: rules.booking_window_days,
            preparation_nights: rules.preparation_nights,
            check_in_from: wall_clock(rules.check_in_from),
            check_out_until: wall_clock(rules.check_out_until),
            weekdays: weekdays.collect(),
        }
    }
}

fn wall_clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
