//! The nights of a calendar as an asker may see them.

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{
    NightReason, closed_to_arrival, closed_to_departure, effective_limits, night_amount,
    night_reason,
};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{Money, Stay, StayError, Violations};

/// The most nights that are shown or set at once.
const MOST_NIGHTS: u32 = 366;

/// One night of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The date on which the night begins.
    pub date: NaiveDate,
    /// Whether it can be booked.
    pub available: bool,
    /// Why not; to strangers `unavailable` for whatever the host or another guest did.
    pub reason: Option<&'static str>,
    /// What it costs, once the property has a price.
    pub price: Option<Money>,
    /// Fewest nights of a stay that begins here.
    pub min_nights: u32,
    /// Most nights of a stay that begins here.
    pub max_nights: u32,
    /// Whether nobody arrives.
    pub closed_to_arrival: bool,
    /// Whether nobody departs.
    pub closed_to_departure: bool,
    /// The host's own note, for host and operators.
    pub note: Option<String>,
}

/// A stretch of 1 to 366 nights.
pub(super) fn stretch(from: NaiveDate, to: NaiveDate) -> Result<Stay, Violations> {
    let mut found = Violations::new();
    match Stay::try_new(from, to) {
        Ok(stretch) if stretch.nights() <= MOST_NIGHTS => return Ok(stretch),
        Ok(_) | Err(StayError::TooLong) => {
            found.add("/to", "out_of_range", "at most 366 nights after from")
        }
        Err(StayError::Empty) => found.add("/to", "out_of_range", "must come after from"),
        Err(StayError::BadDate) => {
            found.add("/from", "out_of_range", "dates of the years 1970 to 2200")
        }
    }
    Err(found)
}

/// The nights of a stretch, in order.
pub(super) fn days(
    property: &Property,
    calendar: &Calendar,
    stretch: Stay,
    manages: bool,
    now: DateTime<Utc>,
) -> Vec<CalendarDay> {
    stretch
        .dates()
        .map(|date| day(property, calendar, date, manages, now))
        .collect()
}

fn day(
    property: &Property,
    calendar: &Calendar,
    date: NaiveDate,
    manages: bool,
    now: DateTime<Utc>,
) -> CalendarDay {
    let reason = night_reason(property, calendar, date, now);
    let rules = calendar.rules(date);
    let (min_nights, max_nights) = effective_limits(property, calendar, date);
    CalendarDay {
        date,
        available: reason.is_none(),
        reason: reason.map(|reason| {
            if manages {
                reason.as_str()
            } else {
                masked(reason)
            }
        }),
        price: night_amount(property, calendar, date),
        min_nights,
        max_nights,
        closed_to_arrival: closed_to_arrival(property, calendar, date),
        closed_to_departure: closed_to_departure(property, calendar, date),
        note: rules
            .and_then(|rules| rules.note.clone())
            .filter(|_| manages),
    }
}

/// Strangers learn what the calendar itself says, not what others do.
const fn masked(reason: NightReason) -> &'static str {
    match reason {
        NightReason::Booked
        | NightReason::Held
        | NightReason::Blocked
        | NightReason::Preparation
        | NightReason::Imported => "unavailable",
        NightReason::Past | NightReason::TooSoon | NightReason::TooFar => reason.as_str(),
    }
}
