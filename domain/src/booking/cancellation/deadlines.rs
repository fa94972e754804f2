//! Deadlines that determine the refund of a booking.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::shared::local_time::{instant_of, saturating_add};
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// Times of a stay and of its booking that refund rules depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Deadlines {
    /// The stay.
    pub stay: Stay,
    /// The property's time zone.
    pub zone: Tz,
    /// Local check-in time.
    pub check_in_from: NaiveTime,
    /// Timestamp of the booking (UTC).
    pub booked_at: DateTime<Utc>,
    /// Timestamp of the confirmation (UTC).
    pub confirmed_at: DateTime<Utc>,
    /// Check-in date that the booking had when it was confirmed.
    pub confirmed_check_in: NaiveDate,
}

impl Deadlines {
    /// Check-in time of a date of the stay (UTC).
    #[must_use]
    pub fn check_in_time(&self, date: NaiveDate) -> DateTime<Utc> {
        instant_of(self.zone, date, self.check_in_from)
    }

    /// Check-in time of the stay (UTC).
    #[must_use]
    pub fn check_in(&self) -> DateTime<Utc> {
        self.check_in_time(self.stay.check_in())
    }

    /// Instant that lies `days` calendar days before check-in, at the local check-in time.
    #[must_use]
    pub fn days_before(&self, days: u32) -> DateTime<Utc> {
        self.days_before_date(self.stay.check_in(), days)
    }

    fn days_before_date(&self, date: NaiveDate, days: u32) -> DateTime<Utc> {
        let date = date.checked_sub_days(Days::new(days.into()));
        self.check_in_time(date.unwrap_or(NaiveDate::MIN))
    }

    /// Instant that lies `hours` elapsed hours before check-in.
    #[must_use]
    pub fn hours_before(&self, hours: u32) -> DateTime<Utc> {
        self.check_in() - TimeDelta::hours(hours.into())
    }

    /// Last instant of the grace period after confirmation, if it applies. It belongs to the first
    /// confirmation and the check-in that the booking had then: no later check-in creates or renews
    /// it. After an alteration it ends at the check-in in force at the latest.
    #[must_use]
    pub fn grace_ends(&self, terms: &MarketplaceTerms) -> Option<DateTime<Utc>> {
        let first = self.confirmed_check_in;
        let early = self.confirmed_at <= self.days_before_date(first, terms.grace_days_ahead);
        let end = saturating_add(
            self.confirmed_at,
            TimeDelta::hours(terms.grace_hours.into()),
        );
        let end = if first == self.stay.check_in() {
            end
        } else {
            end.min(self.check_in())
        };
        early.then_some(end)
    }

    /// Number of nights stayed at an instant: those whose check-in time has passed.
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
                all_before = middle + 1;
            } else {
                none_from = middle;
            }
        }
        all_before
    }
}
