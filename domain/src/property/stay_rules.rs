//! When and for how long guests may stay.

use chrono::NaiveTime;

use crate::shared::{Stay, Violations};

/// The property's own rules; a date's rules go before them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StayRules {
    /// Fewest nights, at least 1.
    pub min_nights: u32,
    /// Most nights, at most [`Stay::LONGEST`].
    pub max_nights: u32,
    /// Hours before check-in time until which can be booked: 0–24, 48, 72 or 168.
    pub advance_notice_hours: u32,
    /// Days from today within which check-in may lie; -1 for no end.
    pub booking_window_days: i32,
    /// Nights kept free after each stay, 0–2.
    pub preparation_nights: u32,
    /// Check-in time on the wall.
    pub check_in_from: NaiveTime,
    /// Check-out time on the wall.
    pub check_out_until: NaiveTime,
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
        }
    }
}

impl StayRules {
    /// Everything that is wrong with them.
    pub(super) fn check(&self, found: &mut Violations) {
        let nights = |count| (1..=Stay::LONGEST).contains(&count);
        let range = format!("1 to {} nights", Stay::LONGEST);
        found.require(nights(self.min_nights), "/stay_rules/min_nights", "out_of_range", &range);
        found.require(nights(self.max_nights), "/stay_rules/max_nights", "out_of_range", &range);
        let ordered = self.min_nights <= self.max_nights;
        found.require(ordered, "/stay_rules/max_nights", "contradiction", "must not be below min_nights");
        let notice_ok = matches!(self.advance_notice_hours, 0..=24 | 48 | 72 | 168);
        found.require(
            notice_ok,
            "/stay_rules/advance_notice_hours",
            "out_of_range",
            "0 to 24, 48, 72 or 168 hours",
        );
        let window_ok = (-1..=3650).contains(&self.booking_window_days) && self.booking_window_days != 0;
        found.require(
            window_ok,
            "/stay_rules/booking_window_days",
            "out_of_range",
            "1 to 3650 days, or -1 for no end",
        );
        let preparation_ok = self.preparation_nights <= 2;
        found.require(preparation_ok, "/stay_rules/preparation_nights", "out_of_range", "0 to 2 nights");
    }
}
