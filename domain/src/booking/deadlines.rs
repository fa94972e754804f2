//! The instants that a booking's refunds turn on.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::shared::{MarketplaceTerms, Stay, instant_of};

/// When a stay begins and ends, and when it was booked: all that a refund rule asks of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// The stay.
    pub stay: Stay,
    /// The property's zone.
    pub zone: Tz,
    /// Check-in time on the wall.
    pub check_in_from: NaiveTime,
    /// When the booking was made.
    pub booked_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: DateTime<Utc>,
}

impl Deadlines {
    /// The check-in time of a date of the stay.
    #[must_use]
    pub fn check_in_time(&self, date: NaiveDate) -> DateTime<Utc> {
        instant_of(self.zone, date, self.check_in_from)
    }

    /// The check-in instant.
    #[must_use]
    pub fn check_in(&self) -> DateTime<Utc> {
        self.check_in_time(self.stay.check_in())
    }

    /// So many calendar days before, at the check-in time on the wall.
    #[must_use]
    pub fn days_before(&self, days: u32) -> DateTime<Utc> {
        let date = self
            .stay
            .check_in()
            .checked_sub_days(Days::new(days.into()));
        self.check_in_time(date.unwrap_or(NaiveDate::MIN))
    }

    /// So many elapsed hours before.
    #[must_use]
    pub fn hours_before(&self, hours: u32) -> DateTime<Utc> {
        self.check_in() - TimeDelta::hours(hours.into())
    }

    /// The last instant of the grace after confirmation, if there is one.
    #[must_use]
    pub fn grace_ends(&self, terms: &MarketplaceTerms) -> Option<DateTime<Utc>> {
        let early = self.confirmed_at <= self.days_before(terms.grace_days_ahead);
        early.then(|| self.confirmed_at + TimeDelta::hours(terms.grace_hours.into()))
    }

    /// How many nights are stayed at an instant: those whose check-in time has passed.
    #[must_use]
    pub fn nights_stayed(&self, at: DateTime<Utc>) -> u32 {
        let stayed = |night: u32| {
            self.stay
                .day(night)
                .is_some_and(|date| self.check_in_time(date) < at)
        };
        let (mut all_before, mut none_from) = (0, self.stay.nights());
        while all_before < none_from {
            let middle = u32::midpoint(all_before, none_from);
            if stayed(middle) {
                all_before = middle + 1
            } else {
                none_from = middle
            }
        }
        all_before
    }
}
