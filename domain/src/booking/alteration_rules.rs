//! Availability rules for alterations.

use chrono::{DateTime, Utc};

use super::availability::{Asked, broken_rules};
use super::{Booking, Refusal};
use crate::property::{Calendar, Property, PropertyStatus};
use crate::shared::{Guests, Stay};

/// Returns every rule that the alteration violates; empty when it is possible. The rules of
/// [`super::refusals`] apply, except:
///
/// - an unlisted property is accepted (existing bookings remain), a suspended one is not;
/// - the booking's own nights count as free, and the number of preparation nights is the booking's;
/// - unchanged parts violate no rule: not the arrival for an unchanged check-in, the departure for
///   an unchanged check-out, the length of an unchanged stay, nor the occupancy unless the number
///   of guests grows.
///
/// The calendar must cover the new check-in to the last preparation night.
#[must_use]
pub fn alteration_refusals(
    booking: &Booking,
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Vec<Refusal> {
    if matches!(
        property.status,
        PropertyStatus::Draft | PropertyStatus::Suspended
    ) {
        return vec![Refusal::NotListed];
    }
    let preparation_nights = booking.preparation_nights;
    let asked = Asked {
        stay,
        guests,
        preparation_nights,
        booking: Some(booking.id),
    };
    let mut found = broken_rules(property, calendar, booking.zone, &asked, now);
    found.retain(|refusal| match refusal {
        Refusal::Past | Refusal::TooSoon(_) | Refusal::TooFar(_) | Refusal::ClosedToArrival => {
            stay.check_in() != booking.stay.check_in()
        }
        Refusal::ClosedToDeparture => stay.check_out() != booking.stay.check_out(),
        Refusal::MinNights(_) | Refusal::MaxNights(_) => stay != booking.stay,
        Refusal::TooManyGuests(_) => guests.counted() > booking.guests.counted(),
        Refusal::TooManyPets(_) => guests.pets() > booking.guests.pets(),
        Refusal::NotListed | Refusal::NightsTaken(_) => true,
    });
    found
}
