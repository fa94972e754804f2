//! Whether a stay can be booked: every rule, and all that are broken at once.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::property::{Calendar, ClaimKind, Property, PropertyStatus, words};
use crate::shared::{Guests, Stay, instant_of, local_date};

/// A rule that a stay breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The property is not listed.
    #[error("the property cannot be booked now")]
    NotListed,
    /// Too short.
    #[error("stays that begin on this day have at least {0} nights")]
    MinNights(u32),
    /// Too long.
    #[error("stays that begin on this day have at most {0} nights")]
    MaxNights(u32),
    /// Check-in lies before the property's today.
    #[error("check-in lies in the past")]
    Past,
    /// Less notice than the host asks for.
    #[error("the host asks for {0} hours' notice before check-in")]
    TooSoon(u32),
    /// Check-in lies beyond the booking window.
    #[error("check-in lies more than {0} days ahead")]
    TooFar(u32),
    /// Nobody arrives on that day.
    #[error("no arrival on this day")]
    ClosedToArrival,
    /// Nobody departs on that day.
    #[error("no departure on this day")]
    ClosedToDeparture,
    /// Other claims hold these nights: of the stay, or of the preparation after it.
    #[error("some of the nights are taken")]
    NightsTaken(Vec<NaiveDate>),
    /// More adults and children than fit.
    #[error("at most {0} guests, infants not counted")]
    TooManyGuests(u32),
    /// More pets than allowed.
    #[error("at most {0} pets")]
    TooManyPets(u32),
}

impl Refusal {
    /// The stable word for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotListed => "not_listed",
            Self::MinNights(_) => "min_nights",
            Self::MaxNights(_) => "max_nights",
            Self::Past => "past",
            Self::TooSoon(_) => "too_soon",
            Self::TooFar(_) => "too_far",
            Self::ClosedToArrival => "closed_to_arrival",
            Self::ClosedToDeparture => "closed_to_departure",
            Self::NightsTaken(_) => "dates_unavailable",
            Self::TooManyGuests(_) => "too_many_guests",
            Self::TooManyPets(_) => "too_many_pets",
        }
    }

    /// The field of a request that it is about.
    #[must_use]
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::NotListed => "/property_id",
            Self::MinNights(_) | Self::MaxNights(_) | Self::ClosedToDeparture => "/check_out",
            Self::Past
            | Self::TooSoon(_)
            | Self::TooFar(_)
            | Self::ClosedToArrival
            | Self::NightsTaken(_) => "/check_in",
            Self::TooManyGuests(_) => "/guests/adults",
            Self::TooManyPets(_) => "/guests/pets",
        }
    }
}

words! {
    /// Why a night of the calendar cannot be booked.
    NightReason {
        /// By a booking.
        Booked = "booked",
        /// By a booking that is not settled.
        Held = "held",
        /// By the host.
        Blocked = "blocked",
        /// To get the place ready.
        Preparation = "preparation",
        /// By another site's calendar.
        Imported = "imported",
        /// It is over.
        Past = "past",
        /// Less notice than the host asks for.
        TooSoon = "too_soon",
        /// Beyond the booking window.
        TooFar = "too_far",
    }
}

impl From<ClaimKind> for NightReason {
    fn from(kind: ClaimKind) -> Self {
        match kind {
            ClaimKind::Booked => Self::Booked,
            ClaimKind::Held => Self::Held,
            ClaimKind::Blocked => Self::Blocked,
            ClaimKind::Preparation => Self::Preparation,
            ClaimKind::Imported => Self::Imported,
        }
    }
}

/// Every rule that the stay breaks; none when it can be booked. The calendar must reach from check-in to the
/// last preparation night.
#[must_use]
pub fn refusals(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    let (Some(zone), PropertyStatus::Listed) = (property.details.time_zone, property.status) else {
        return vec![Refusal::NotListed];
    };
    let (min, max) = effective_limits(property, calendar, stay.check_in());
    if stay.nights() < min {
        found.push(Refusal::MinNights(min));
    }
    if stay.nights() > max {
        found.push(Refusal::MaxNights(max));
    }
    found.extend(timing(property, zone, stay.check_in(), now));
    if calendar.rules(stay.check_in()).is_some_and(|rules| rules.closed_to_arrival) {
        found.push(Refusal::ClosedToArrival);
    }
    if calendar.rules(stay.check_out()).is_some_and(|rules| rules.closed_to_departure) {
        found.push(Refusal::ClosedToDeparture);
    }
    let nights = stay.dates().chain(stay.nights_after(property.details.stay_rules.preparation_nights));
    let taken: Vec<_> = nights.filter(|&night| calendar.claim(night).is_some()).collect();
    if !taken.is_empty() {
        found.push(Refusal::NightsTaken(taken));
    }
    let max_guests = property.details.max_guests.unwrap_or(0);
    if guests.counted() > max_guests {
        found.push(Refusal::TooManyGuests(max_guests));
    }
    if guests.pets() > property.details.max_pets {
        found.push(Refusal::TooManyPets(property.details.max_pets));
    }
    found
}

/// Fewest and most nights of a stay that begins on a date: the date's own rules go before the property's.
#[must_use]
pub fn effective_limits(property: &Property, calendar: &Calendar, check_in: NaiveDate) -> (u32, u32) {
    let (own, rules) = (calendar.rules(check_in), &property.details.stay_rules);
    let min = own.and_then(|rules| rules.min_nights).unwrap_or(rules.min_nights);
    let max = own.and_then(|rules| rules.max_nights).unwrap_or(rules.max_nights);
    (min, max)
}

/// Why nobody can arrive for a night, if so: a claim on it, or its time.
#[must_use]
pub fn night_reason(
    property: &Property,
    calendar: &Calendar,
    night: NaiveDate,
    now: DateTime<Utc>,
) -> Option<NightReason> {
    if let Some(claim) = calendar.claim(night) {
        return Some(claim.kind.into());
    }
    match timing(property, property.details.time_zone?, night, now)? {
        Refusal::Past => Some(NightReason::Past),
        Refusal::TooSoon(_) => Some(NightReason::TooSoon),
        _ => Some(NightReason::TooFar),
    }
}

/// An advance notice of 0 hours asks for none: today can be booked until it is over.
fn timing(property: &Property, zone: Tz, check_in: NaiveDate, now: DateTime<Utc>) -> Option<Refusal> {
    let (today, rules) = (local_date(zone, now), &property.details.stay_rules);
    if check_in < today {
        return Some(Refusal::Past);
    }
    let arrival = instant_of(zone, check_in, rules.check_in_from);
    let notice = rules.advance_notice_hours;
    if notice > 0 && now + TimeDelta::hours(notice.into()) > arrival {
        return Some(Refusal::TooSoon(notice));
    }
    let window = u32::try_from(rules.booking_window_days).ok()?;
    let last = today.checked_add_days(Days::new(window.into()))?;
    (check_in > last).then_some(Refusal::TooFar(window))
}
