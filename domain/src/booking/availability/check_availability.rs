//! Availability rules. All violated rules are reported together.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::booking::availability::availability_error::{Unavailable, UnavailableReason};
use crate::property::calendar::{Calendar, CalendarError};
use crate::property::enums::{BookingMode, PropertyStatus};
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::id::BookingId;
use crate::shared::local_time::{instant_of, local_date, saturating_add};
use crate::shared::stay::Stay;

/// Returns every rule that the stay violates; empty when it can be booked. The calendar must cover
/// check-in to the check-out date and the last preparation night.
///
/// # Errors
/// [`CalendarError`] when the calendar is that of another property or does not cover the stay.
pub fn check_availability(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Result<Vec<Unavailable>, CalendarError> {
    let (Some(zone), PropertyStatus::Listed) = (property.details.time_zone, property.status) else {
        return Ok(vec![Unavailable::NotListed]);
    };
    let preparation_nights = property.details.stay_rules.preparation_nights;
    let request = AvailabilityRequest {
        stay,
        guests,
        preparation_nights,
        booking: None,
    };
    let mut found = violated_rules(property, calendar, zone, &request, now)?;
    if is_too_late_to_request(property, zone, stay.check_in(), now) {
        found.push(Unavailable::TooLate);
    }
    Ok(found)
}

/// A request expires at the check-in time at the latest, so none can be made for today after it.
fn is_too_late_to_request(
    property: &Property,
    zone: Tz,
    check_in: NaiveDate,
    now: DateTime<Utc>,
) -> bool {
    let arrival = instant_of(zone, check_in, property.details.stay_rules.check_in_from);
    property.details.booking_mode == BookingMode::Request
        && check_in == local_date(zone, now)
        && now >= arrival
}

/// The stay and guests to check.
pub(crate) struct AvailabilityRequest {
    /// The stay.
    pub(crate) stay: Stay,
    /// The guests.
    pub(crate) guests: Guests,
    /// Number of nights after the stay that are claimed with it.
    pub(crate) preparation_nights: u32,
    /// Booking to be altered; its own nights count as free.
    pub(crate) booking: Option<BookingId>,
}

/// Returns every violated rule for a property that accepts bookings, evaluated in its time zone.
pub(crate) fn violated_rules(
    property: &Property,
    calendar: &Calendar,
    zone: Tz,
    request: &AvailabilityRequest,
    now: DateTime<Utc>,
) -> Result<Vec<Unavailable>, CalendarError> {
    calendar.require_property(property.id)?;
    let (stay, mut found) = (request.stay, Vec::new());
    let (min, max) = effective_limits(property, calendar, stay.check_in())?;
    if stay.nights() < min {
        found.push(Unavailable::MinNights(min));
    }
    if stay.nights() > max {
        found.push(Unavailable::MaxNights(max));
    }
    found.extend(booking_window(property, zone, stay.check_in(), now));
    if closed_to_arrival(property, calendar, stay.check_in())? {
        found.push(Unavailable::ClosedToArrival);
    }
    if closed_to_departure(property, calendar, stay.check_out())? {
        found.push(Unavailable::ClosedToDeparture);
    }
    let mut taken = Vec::new();
    for night in stay
        .dates()
        .chain(stay.nights_after(request.preparation_nights))
    {
        let claim = calendar.claim(night)?;
        if claim.is_some_and(|it| it.booking_id.is_none() || it.booking_id != request.booking) {
            taken.push(night);
        }
    }
    if !taken.is_empty() {
        found.push(Unavailable::NightsTaken(taken));
    }
    found.extend(occupancy(property, request.guests));
    Ok(found)
}

fn occupancy(property: &Property, guests: Guests) -> impl Iterator<Item = Unavailable> {
    let (max_guests, max_pets) = (
        property.details.max_guests.unwrap_or(0),
        property.details.max_pets,
    );
    let people =
        (guests.total_counted() > max_guests).then_some(Unavailable::TooManyGuests(max_guests));
    let pets = (guests.pets() > max_pets).then_some(Unavailable::TooManyPets(max_pets));
    people.into_iter().chain(pets)
}

/// Minimum and maximum nights of a stay that begins on a date. The most specific rule wins: date >
/// weekday > property.
pub(crate) fn effective_limits(
    property: &Property,
    calendar: &Calendar,
    check_in: NaiveDate,
) -> Result<(u32, u32), CalendarError> {
    let rules = calendar.rules(check_in)?;
    Ok(property.details.stay_rules.limits(check_in, rules))
}

/// Returns `true` if no stay may begin on this date, by a rule of the date or of its weekday.
pub(crate) fn closed_to_arrival(
    property: &Property,
    calendar: &Calendar,
    date: NaiveDate,
) -> Result<bool, CalendarError> {
    let weekday = property.details.stay_rules.weekday(date);
    Ok(weekday.is_some_and(|rules| rules.closed_to_arrival)
        || calendar
            .rules(date)?
            .is_some_and(|rules| rules.closed_to_arrival))
}

/// Returns `true` if no stay may end on this date, by a rule of the date or of its weekday.
pub(crate) fn closed_to_departure(
    property: &Property,
    calendar: &Calendar,
    date: NaiveDate,
) -> Result<bool, CalendarError> {
    let weekday = property.details.stay_rules.weekday(date);
    Ok(weekday.is_some_and(|rules| rules.closed_to_departure)
        || calendar
            .rules(date)?
            .is_some_and(|rules| rules.closed_to_departure))
}

/// Reason for which no stay can begin on this night: a claim, or its date; `None` when it is
/// available.
pub(crate) fn unavailable_reason(
    property: &Property,
    calendar: &Calendar,
    night: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<UnavailableReason>, CalendarError> {
    if let Some(claim) = calendar.claim(night)? {
        return Ok(Some(claim.kind.into()));
    }
    let zone = property.details.time_zone;
    if zone.is_some_and(|zone| is_too_late_to_request(property, zone, night, now)) {
        return Ok(Some(UnavailableReason::Past));
    }
    let outside = zone.and_then(|zone| booking_window(property, zone, night, now));
    Ok(outside.map(|violated| match violated {
        Unavailable::Past => UnavailableReason::Past,
        Unavailable::TooSoon(_) => UnavailableReason::TooSoon,
        _ => UnavailableReason::TooFar,
    }))
}

/// An advance notice of 0 hours is no notice at all: today can be booked until the day is over.
fn booking_window(
    property: &Property,
    zone: Tz,
    check_in: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Unavailable> {
    let (today, rules) = (local_date(zone, now), &property.details.stay_rules);
    if check_in < today {
        return Some(Unavailable::Past);
    }
    let arrival = instant_of(zone, check_in, rules.check_in_from);
    let notice = rules.advance_notice_hours;
    if notice > 0 && saturating_add(now, TimeDelta::hours(notice.into())) > arrival {
        return Some(Unavailable::TooSoon(notice));
    }
    let window = u32::try_from(rules.booking_window_days).ok()?;
    let last = today.checked_add_days(Days::new(window.into()))?;
    (check_in > last).then_some(Unavailable::TooFar(window))
}
