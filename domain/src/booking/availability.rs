//! Availability rules. All violated rules are reported together.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::life::later;
use super::{NightReason, Refusal};
use crate::property::{Calendar, Property, PropertyStatus};
use crate::shared::{BookingId, Guests, Stay, instant_of, local_date};

/// Returns every rule that the stay violates; empty when it can be booked. The calendar must cover
/// check-in to the last preparation night.
#[must_use]
pub fn refusals(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    let (Some(zone), PropertyStatus::Listed) = (property.details.time_zone, property.status) else {
        return vec![Refusal::NotListed];
    };
    let preparation_nights = property.details.stay_rules.preparation_nights;
    let asked = Asked {
        stay,
        guests,
        preparation_nights,
        booking: None,
    };
    broken_rules(property, calendar, zone, &asked, now)
}

/// The stay and guests to check.
pub(super) struct Asked {
    /// The stay.
    pub(super) stay: Stay,
    /// The guests.
    pub(super) guests: Guests,
    /// Number of nights after the stay that are claimed with it.
    pub(super) preparation_nights: u32,
    /// Booking to be altered; its own nights count as free.
    pub(super) booking: Option<BookingId>,
}

/// Returns every violated rule for a property that accepts bookings, evaluated in its time zone.
pub(super) fn broken_rules(
    property: &Property,
    calendar: &Calendar,
    zone: Tz,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    let (stay, mut found) = (asked.stay, Vec::new());
    let (min, max) = effective_limits(property, calendar, stay.check_in());
    if stay.nights() < min {
        found.push(Refusal::MinNights(min));
    }
    if stay.nights() > max {
        found.push(Refusal::MaxNights(max));
    }
    found.extend(timing(property, zone, stay.check_in(), now));
    if closed_to_arrival(property, calendar, stay.check_in()) {
        found.push(Refusal::ClosedToArrival);
    }
    if closed_to_departure(property, calendar, stay.check_out()) {
        found.push(Refusal::ClosedToDeparture);
    }
    let others = |night: &NaiveDate| {
        calendar
            .claim(*night)
            .is_some_and(|claim| claim.booking_id.is_none() || claim.booking_id != asked.booking)
    };
    let taken: Vec<_> = stay
        .dates()
        .chain(stay.nights_after(asked.preparation_nights))
        .filter(others)
        .collect();
    if !taken.is_empty() {
        found.push(Refusal::NightsTaken(taken));
    }
    found.extend(crowding(property, asked.guests));
    found
}

fn crowding(property: &Property, guests: Guests) -> impl Iterator<Item = Refusal> {
    let (max_guests, max_pets) = (
        property.details.max_guests.unwrap_or(0),
        property.details.max_pets,
    );
    let people = (guests.counted() > max_guests).then_some(Refusal::TooManyGuests(max_guests));
    let pets = (guests.pets() > max_pets).then_some(Refusal::TooManyPets(max_pets));
    people.into_iter().chain(pets)
}

/// Minimum and maximum nights of a stay that begins on a date. The most specific rule wins: date >
/// weekday > property.
#[must_use]
pub fn effective_limits(
    property: &Property,
    calendar: &Calendar,
    check_in: NaiveDate,
) -> (u32, u32) {
    property
        .details
        .stay_rules
        .limits(check_in, calendar.rules(check_in))
}

/// Returns `true` if no stay may begin on this date, by a rule of the date or of its weekday.
#[must_use]
pub fn closed_to_arrival(property: &Property, calendar: &Calendar, date: NaiveDate) -> bool {
    calendar
        .rules(date)
        .is_some_and(|rules| rules.closed_to_arrival)
        || property
            .details
            .stay_rules
            .weekday(date)
            .is_some_and(|rules| rules.closed_to_arrival)
}

/// Returns `true` if no stay may end on this date, by a rule of the date or of its weekday.
#[must_use]
pub fn closed_to_departure(property: &Property, calendar: &Calendar, date: NaiveDate) -> bool {
    calendar
        .rules(date)
        .is_some_and(|rules| rules.closed_to_departure)
        || property
            .details
            .stay_rules
            .weekday(date)
            .is_some_and(|rules| rules.closed_to_departure)
}

/// Reason for which no stay can begin on this night: a claim, or its date; `None` when it is
/// available.
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

/// An advance notice of 0 hours is no notice at all: today can be booked until the day is over.
fn timing(
    property: &Property,
    zone: Tz,
    check_in: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Refusal> {
    let (today, rules) = (local_date(zone, now), &property.details.stay_rules);
    if check_in < today {
        return Some(Refusal::Past);
    }
    let arrival = instant_of(zone, check_in, rules.check_in_from);
    let notice = rules.advance_notice_hours;
    if notice > 0 && later(now, TimeDelta::hours(notice.into())) > arrival {
        return Some(Refusal::TooSoon(notice));
    }
    let window = u32::try_from(rules.booking_window_days).ok()?;
    let last = today.checked_add_days(Days::new(window.into()))?;
    (check_in > last).then_some(Refusal::TooFar(window))
}
