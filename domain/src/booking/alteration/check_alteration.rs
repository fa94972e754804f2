//! Availability rules for alterations.

use chrono::{DateTime, Utc};

use crate::booking::availability::availability_error::Unavailable;
use crate::booking::availability::check_availability::{AvailabilityRequest, violated_rules};
use crate::booking::booking::Booking;
use crate::property::calendar::{Calendar, CalendarError};
use crate::property::enums::PropertyStatus;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::stay::Stay;

/// Returns every rule that the alteration violates; empty when it is possible. The rules of
/// [`crate::booking::check_availability`] apply, except:
///
/// - an unlisted property is accepted (existing bookings remain), a suspended one is not;
/// - the booking's own nights count as free, and the number of preparation nights is the booking's;
/// - unchanged parts violate no rule: not the arrival for an unchanged check-in, the departure for
///   an unchanged check-out, the length of an unchanged stay, nor the occupancy unless the number
///   of guests grows.
///
/// The calendar must cover the new check-in to the check-out date and the last preparation night.
///
/// # Errors
/// [`CalendarError`] when the calendar is that of another property or does not cover the stay.
pub fn check_alteration(
    booking: &Booking,
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Result<Vec<Unavailable>, CalendarError> {
    if matches!(
        property.status,
        PropertyStatus::Draft | PropertyStatus::Suspended | PropertyStatus::Deleted
    ) {
        return Ok(vec![Unavailable::NotListed]);
    }
    let preparation_nights = booking.preparation_nights;
    let request = AvailabilityRequest {
        stay,
        guests,
        preparation_nights,
        booking: Some(booking.id),
    };
    let mut found = violated_rules(property, calendar, booking.zone, &request, now)?;
    found.retain(|refusal| match refusal {
        Unavailable::Past
        | Unavailable::TooLate
        | Unavailable::TooSoon(_)
        | Unavailable::TooFar(_)
        | Unavailable::ClosedToArrival => stay.check_in() != booking.stay.check_in(),
        Unavailable::ClosedToDeparture => stay.check_out() != booking.stay.check_out(),
        Unavailable::MinNights(_) | Unavailable::MaxNights(_) => stay != booking.stay,
        Unavailable::TooManyGuests(_) => guests.total_counted() > booking.guests.total_counted(),
        Unavailable::TooManyPets(_) => guests.pets() > booking.guests.pets(),
        Unavailable::NotListed | Unavailable::NightsTaken(_) => true,
    });
    Ok(found)
}
