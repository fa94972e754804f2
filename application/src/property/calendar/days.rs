//! Calendar days as visible to a caller.

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Offer, UnavailableReason};
use sojourn_domain::property::CalendarError;
use sojourn_domain::shared::{Money, Stay, StayError, Violations};

/// Maximum number of nights of a range that is read or set.
pub(super) const MAX_NIGHTS: u32 = 366;

/// One night of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The date on which the night begins.
    pub date: NaiveDate,
    /// True if the night can be booked.
    pub available: bool,
    /// Reason if not available; for other callers than the host and operators, `unavailable`
    /// replaces blocks and bookings.
    pub reason: Option<&'static str>,
    /// Price of the night, if the property has one.
    pub price: Option<Money>,
    /// Minimum length of a stay that begins here, in nights.
    pub min_nights: u32,
    /// Maximum length of a stay that begins here, in nights.
    pub max_nights: u32,
    /// True if check-in is not allowed.
    pub closed_to_arrival: bool,
    /// True if check-out is not allowed.
    pub closed_to_departure: bool,
    /// The host's note, for the host and operators only.
    pub note: Option<String>,
}

/// A date range of at least one night and at most so many.
pub(super) fn date_range(from: NaiveDate, to: NaiveDate, most: u32) -> Result<Stay, Violations> {
    let mut found = Violations::new();
    match Stay::try_new(from, to) {
        Ok(range) if range.nights() <= most => return Ok(range),
        Ok(_) | Err(StayError::TooLong) => {
            let detail = format!("must be at most {most} nights after from");
            found.add("/to", "out_of_range", detail);
        }
        Err(StayError::Empty) => found.add("/to", "out_of_range", "must come after from"),
        Err(StayError::BadDate) => {
            found.add("/from", "out_of_range", "must be a date from 1970 to 2200");
        }
    }
    Err(found)
}

/// The calendar days of these dates.
pub(super) fn calendar_days(
    offer: &Offer<'_>,
    dates: impl IntoIterator<Item = NaiveDate>,
    manages: bool,
    now: DateTime<Utc>,
) -> Result<Vec<CalendarDay>, CalendarError> {
    dates
        .into_iter()
        .map(|date| calendar_day(offer, date, manages, now))
        .collect()
}

fn calendar_day(
    offer: &Offer<'_>,
    date: NaiveDate,
    manages: bool,
    now: DateTime<Utc>,
) -> Result<CalendarDay, CalendarError> {
    let night = offer.night(date, now)?;
    let rules = offer.calendar.rules(date)?;
    Ok(CalendarDay {
        date,
        available: night.unavailable.is_none(),
        reason: night.unavailable.map(|reason| {
            if manages {
                reason.as_str()
            } else {
                public_reason(reason)
            }
        }),
        price: night.price,
        min_nights: night.min_nights,
        max_nights: night.max_nights,
        closed_to_arrival: night.closed_to_arrival,
        closed_to_departure: night.closed_to_departure,
        note: rules
            .and_then(|rules| rules.note.clone())
            .filter(|_| manages),
    })
}

/// The public reason: `unavailable` for anything that the host or another guest did.
const fn public_reason(reason: UnavailableReason) -> &'static str {
    match reason {
        UnavailableReason::Booked
        | UnavailableReason::Held
        | UnavailableReason::Blocked
        | UnavailableReason::Preparation
        | UnavailableReason::Imported => "unavailable",
        UnavailableReason::Past | UnavailableReason::TooSoon | UnavailableReason::TooFar => {
            reason.as_str()
        }
    }
}
