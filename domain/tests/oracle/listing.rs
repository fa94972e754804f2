//! A listing in plain numbers.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// Prices of a listing. Amounts are minor units, shares basis points.
#[derive(Debug, Clone)]
pub struct PriceList {
    pub nightly: i128,
    pub weekend: Option<i128>,
    pub dates: BTreeMap<NaiveDate, i128>,
    pub cleaning: i128,
    pub pet: i128,
    /// Guests included, and the fee of each further one.
    pub extra: (i128, i128),
    /// Nights and share of each tier: weekly and monthly ones, and the host's own.
    pub tiers: Vec<(i128, i128)>,
    /// Days and share.
    pub early: (i64, i128),
    pub late: (i64, i128),
    pub non_refundable: i128,
    /// Share of the lines above the service fee, and the nights from which a stay is exempt.
    pub tax_percent: (i128, Option<i128>),
    pub tax_per_night: i128,
    pub tax_per_guest_night: i128,
}

/// Time zone and check-in time of a listing.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub zone: Tz,
    pub check_in: NaiveTime,
}

impl PriceList {
    /// Source and price of a night: its date, the weekend, the base.
    pub fn night(&self, night: NaiveDate) -> (&'static str, i128) {
        let weekend = matches!(night.weekday(), Weekday::Fri | Weekday::Sat);
        match (self.dates.get(&night), self.weekend) {
            (Some(&own), _) => ("date", own),
            (None, Some(price)) if weekend => ("weekend", price),
            _ => ("base", self.nightly),
        }
    }

    /// Share of the longest tier that fits, of equal ones the larger.
    pub fn length_of_stay(&self, nights: i128) -> i128 {
        let tiers = self.tiers.iter().filter(|(_, share)| *share > 0);
        let fitting = tiers.filter(|(least, _)| *least <= nights);
        fitting.max().map_or(0, |&(_, share)| share)
    }

    /// Early bird or last minute, the larger when both fit.
    pub fn lead_time(&self, ahead: i64) -> i128 {
        let early = if ahead >= self.early.0 {
            self.early.1
        } else {
            0
        };
        let late = if ahead <= self.late.0 { self.late.1 } else { 0 };
        early.max(late)
    }
}

impl Place {
    /// Check-in time of a date: a time that is skipped means the first instant after the gap, one that occurs twice
    /// the earlier.
    pub fn check_in_on(&self, date: NaiveDate) -> DateTime<Utc> {
        let mut wall = date.and_time(self.check_in);
        loop {
            if let Some(found) = self.zone.from_local_datetime(&wall).earliest() {
                return found.to_utc();
            }
            wall += TimeDelta::minutes(1);
        }
    }

    pub fn date_at(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.zone).date_naive()
    }
}
