//! Rules for the dates and length of stays.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::property::calendar::NightRules;
use crate::property::weekday_rules::WeekdayRules;
use crate::shared::stay::Stay;
use crate::shared::violations::Violations;

/// The property's rules. Rules of a weekday take precedence over them, and rules of a date over
/// both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StayRules {
    /// Minimum nights, at least 1.
    pub min_nights: u32,
    /// Maximum nights, at most [`Stay::LONGEST`].
    pub max_nights: u32,
    /// Minimum hours between booking and check-in time: 0–24, 48, 72 or 168.
    pub advance_notice_hours: u32,
    /// Maximum days between today and check-in; -1 for no limit.
    pub booking_window_days: i32,
    /// Preparation nights after each stay, 0–2.
    pub preparation_nights: u32,
    /// Local check-in time.
    pub check_in_from: NaiveTime,
    /// Local check-out time.
    pub check_out_until: NaiveTime,
    /// Rules by weekday, each weekday at most once.
    #[cfg_attr(feature = "serde", serde(default))]
    pub weekdays: Vec<WeekdayRules>,
}

impl Default for StayRules {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self {
            min_nights: 1,
            max_nights: 31,
            advance_notice_hours: 0,
            booking_window_days: 365,
            preparation_nights: 0,
            check_in_from: hour(15),
            check_out_until: hour(11),
            weekdays: Vec::new(),
        }
    }
}

impl StayRules {
    /// The most preparation nights that a host can set.
    pub const MOST_PREPARATION_NIGHTS: u32 = 2;

    /// Rules of a date's weekday. A civil date has one weekday, regardless of daylight saving
    /// changes.
    #[must_use]
    pub fn weekday(&self, date: NaiveDate) -> Option<&WeekdayRules> {
        self.weekdays
            .iter()
            .find(|rules| rules.weekday == date.weekday())
    }

    /// Minimum and maximum nights of a stay that begins on a date with the given rules. Precedence:
    /// date > weekday > property.
    #[must_use]
    pub fn limits(&self, date: NaiveDate, own: Option<&NightRules>) -> (u32, u32) {
        let weekday = self.weekday(date);
        let least = own
            .and_then(|own| own.min_nights)
            .or(weekday.and_then(|rules| rules.min_nights));
        let most = own
            .and_then(|own| own.max_nights)
            .or(weekday.and_then(|rules| rules.max_nights));
        (
            least.unwrap_or(self.min_nights),
            most.unwrap_or(self.max_nights),
        )
    }

    /// Violations of a date's rules together with those of its weekday and the property: limits
    /// under which no stay could begin on the date.
    #[must_use]
    pub fn validate_date(&self, date: NaiveDate, own: &NightRules) -> Violations {
        let mut found = Violations::new();
        let (min, max) = self.limits(date, Some(own));
        if min <= max {
            return found;
        }
        match (own.min_nights, own.max_nights) {
            (Some(_), None) => {
                found.add(
                    "/min_nights",
                    "contradiction",
                    format!("must not be above {max} on {date}"),
                );
            }
            (_, Some(_)) => {
                found.add(
                    "/max_nights",
                    "contradiction",
                    format!("must not be below {min} on {date}"),
                );
            }
            (None, None) => {}
        }
        found
    }

    /// Collects all violations.
    pub(super) fn collect_violations(&self, found: &mut Violations) {
        let nights = |count| (1..=Stay::LONGEST).contains(&count);
        let range = format!("1 to {} nights", Stay::LONGEST);
        found.require(
            nights(self.min_nights),
            "/stay_rules/min_nights",
            "out_of_range",
            &range,
        );
        found.require(
            nights(self.max_nights),
            "/stay_rules/max_nights",
            "out_of_range",
            &range,
        );
        let ordered = self.min_nights <= self.max_nights;
        found.require(
            ordered,
            "/stay_rules/max_nights",
            "contradiction",
            "must not be below min_nights",
        );
        let notice_ok = matches!(self.advance_notice_hours, 0..=24 | 48 | 72 | 168);
        found.require(
            notice_ok,
            "/stay_rules/advance_notice_hours",
            "out_of_range",
            "0 to 24, 48, 72 or 168 hours",
        );
        let window_ok =
            (-1..=3650).contains(&self.booking_window_days) && self.booking_window_days != 0;
        found.require(
            window_ok,
            "/stay_rules/booking_window_days",
            "out_of_range",
            "1 to 3650 days, or -1 for no limit",
        );
        let preparation_ok = self.preparation_nights <= Self::MOST_PREPARATION_NIGHTS;
        found.require(
            preparation_ok,
            "/stay_rules/preparation_nights",
            "out_of_range",
            "0 to 2 nights",
        );
        self.check_weekdays(found);
    }

    fn check_weekdays(&self, found: &mut Violations) {
        let limits = (self.min_nights, self.max_nights);
        if !found.count("/stay_rules/weekdays", self.weekdays.len(), 7) {
            return;
        }
        let mut known = HashSet::new();
        for (index, rules) in self.weekdays.iter().enumerate() {
            let pointer = format!("/stay_rules/weekdays/{index}");
            let new = known.insert(rules.weekday);
            found.require(
                new,
                &format!("{pointer}/weekday"),
                "duplicate",
                "duplicate weekday",
            );
            rules.collect_violations(limits, &pointer, found);
        }
    }
}
