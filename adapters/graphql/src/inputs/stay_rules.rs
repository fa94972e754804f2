//! Stay rules of properties.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::input;
use sojourn_domain::property::{StayRules, WeekdayRules};
use sojourn_domain::shared::Violations;

use super::patch;
use crate::scalars::Weekday;

/// Rules for the dates and the length of stays. Absent fields take their defaults.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct StayRulesInput {
    /// Minimum length of a stay, in nights; 1 when absent.
    min_nights: Option<u32>,
    /// Maximum length of a stay, in nights; 731 when absent.
    max_nights: Option<u32>,
    /// Minimum time between booking and check-in, in hours: 0 to 24, 48, 72 or 168.
    advance_notice_hours: Option<u32>,
    /// Maximum number of days from today to check-in, 1 to 3650; -1 for no limit.
    booking_window_days: Option<i32>,
    /// Number of nights blocked after each stay for preparation, 0 to 2.
    preparation_nights: Option<u32>,
    /// Earliest check-in time, local time `HH:MM`.
    check_in_from: Option<String>,
    /// Latest check-out time, local time `HH:MM`.
    check_out_until: Option<String>,
    /// Different rules for days of the week, at most one per day.
    #[graphql(default)]
    weekdays: Vec<WeekdayRulesInput>,
}

/// Rules for one day of the week. Absent fields default to the property's rules.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct WeekdayRulesInput {
    /// Day of the week.
    weekday: Weekday,
    /// Minimum length of a stay that begins on this day, in nights.
    min_nights: Option<u32>,
    /// Maximum length of a stay that begins on this day, in nights.
    max_nights: Option<u32>,
    /// True if no check-in is allowed on this day.
    #[graphql(default)]
    closed_to_arrival: bool,
    /// True if no check-out is allowed on this day.
    #[graphql(default)]
    closed_to_departure: bool,
}

impl From<&WeekdayRulesInput> for WeekdayRules {
    fn from(input: &WeekdayRulesInput) -> Self {
        Self {
            weekday: input.weekday.into(),
            min_nights: input.min_nights,
            max_nights: input.max_nights,
            closed_to_arrival: input.closed_to_arrival,
            closed_to_departure: input.closed_to_departure,
        }
    }
}

impl StayRulesInput {
    /// The rules; adds a violation for each value that cannot be read.
    pub(super) fn parse(&self, found: &mut Violations) -> StayRules {
        let usual = StayRules::default();
        let mut time = |name: &str, text: &Option<String>| {
            let pointer = format!("/stay_rules/{name}");
            let text = text.as_deref()?;
            Some(input::wall_clock_time(text, &pointer, found))
        };
        StayRules {
            min_nights: self.min_nights.unwrap_or(usual.min_nights),
            max_nights: self.max_nights.unwrap_or(usual.max_nights),
            advance_notice_hours: self
                .advance_notice_hours
                .unwrap_or(usual.advance_notice_hours),
            booking_window_days: self
                .booking_window_days
                .unwrap_or(usual.booking_window_days),
            preparation_nights: self.preparation_nights.unwrap_or(usual.preparation_nights),
            check_in_from: time("check_in_from", &self.check_in_from)
                .unwrap_or(usual.check_in_from),
            check_out_until: time("check_out_until", &self.check_out_until)
                .unwrap_or(usual.check_out_until),
            weekdays: self.weekdays.iter().map(Into::into).collect(),
        }
    }
}

/// Changes of the rules for stays: absent fields stay unchanged, null sets a field's default, and a given list replaces
/// the stored one.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "StayRulesChangesInput")]
pub(crate) struct StayRulesChanges {
    /// Minimum length of a stay, in nights.
    min_nights: MaybeUndefined<u32>,
    /// Maximum length of a stay, in nights.
    max_nights: MaybeUndefined<u32>,
    /// Minimum time between booking and check-in, in hours: 0 to 24, 48, 72 or 168.
    advance_notice_hours: MaybeUndefined<u32>,
    /// Maximum number of days from today to check-in, 1 to 3650; -1 for no limit.
    booking_window_days: MaybeUndefined<i32>,
    /// Number of nights blocked after each stay for preparation, 0 to 2.
    preparation_nights: MaybeUndefined<u32>,
    /// Earliest check-in time, local time `HH:MM`.
    check_in_from: MaybeUndefined<String>,
    /// Latest check-out time, local time `HH:MM`.
    check_out_until: MaybeUndefined<String>,
    /// Different rules for days of the week, at most one per day.
    weekdays: MaybeUndefined<Vec<WeekdayRulesInput>>,
}

impl StayRulesChanges {
    /// The rules with the changes applied; adds a violation for each value that cannot be read.
    pub(super) fn apply(self, stored: StayRules, found: &mut Violations) -> StayRules {
        let usual = StayRules::default();
        macro_rules! or_usual {
            ($field:ident) => {
                patch(self.$field, Some)
                    .apply_to(Some(stored.$field))
                    .unwrap_or(usual.$field)
            };
        }
        let mut time = |name: &str, change: MaybeUndefined<String>, stored| {
            let pointer = format!("/stay_rules/{name}");
            patch(change, |text| {
                Some(input::wall_clock_time(&text, &pointer, found))
            })
            .apply_to(Some(stored))
        };
        let from = time("check_in_from", self.check_in_from, stored.check_in_from);
        let until = time(
            "check_out_until",
            self.check_out_until,
            stored.check_out_until,
        );
        let weekdays = patch(self.weekdays, |all| {
            Some(all.iter().map(Into::into).collect())
        });
        StayRules {
            min_nights: or_usual!(min_nights),
            max_nights: or_usual!(max_nights),
            advance_notice_hours: or_usual!(advance_notice_hours),
            booking_window_days: or_usual!(booking_window_days),
            preparation_nights: or_usual!(preparation_nights),
            check_in_from: from.unwrap_or(usual.check_in_from),
            check_out_until: until.unwrap_or(usual.check_out_until),
            weekdays: weekdays.apply_to(Some(stored.weekdays)).unwrap_or_default(),
        }
    }
}
