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
        let date = self.stay.check_in().checked_sub_days(Days::new(days.into()));
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
        let stayed = self.stay.dates().take_while(|&night| self.check_in_time(night) < at).count();
        u32::try_from(stayed).unwrap_or(u32::MAX)
    }
}
