//! Whether a booking can be altered as one side asks.

use chrono::{DateTime, Utc};

use super::availability::{Asked, broken_rules};
use super::{Booking, Refusal};
use crate::property::{Calendar, Property, PropertyStatus};
use crate::shared::{Guests, Stay};

/// Every rule that the alteration breaks; none when it can be had. As [`super::refusals`], but:
///
/// - an unlisted property is no obstacle (bookings stay), a suspended one is;
/// - the booking's own nights are not taken; the preparation after the stay is the booking's;
/// - what stays as it is breaks no rule: not the arrival of an unchanged check-in, the departure of an unchanged
///   check-out, the length of an unchanged stay, nor a party that does not grow.
///
/// The calendar must reach from the new check-in to the last preparation night.
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
