//! Reasons for which a stay or a night cannot be booked.

use chrono::NaiveDate;

use crate::property::calendar::ClaimKind;
use crate::shared::string_enum::string_enum;

/// An availability rule that a stay violates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Unavailable {
    /// The property is not listed.
    #[error("the property does not accept bookings at present")]
    NotListed,
    /// Fewer nights than the minimum.
    #[error("the minimum stay from this check-in date is {0} nights")]
    MinNights(u32),
    /// More nights than the maximum.
    #[error("the maximum stay from this check-in date is {0} nights")]
    MaxNights(u32),
    /// Check-in is before the property's current date.
    #[error("the check-in date is in the past")]
    Past,
    /// The check-in time has passed, and the host would have to answer a request before it.
    #[error("the check-in time has passed, before which the host would have to answer")]
    TooLate,
    /// Less advance notice than the host requires, in hours.
    #[error("bookings must be made at least {0} hours before check-in")]
    TooSoon(u32),
    /// Check-in is beyond the booking window, in days.
    #[error("bookings can be made at most {0} days before check-in")]
    TooFar(u32),
    /// Arrival is not allowed on this date.
    #[error("check-in is not possible on this date")]
    ClosedToArrival,
    /// Departure is not allowed on this date.
    #[error("check-out is not possible on this date")]
    ClosedToDeparture,
    /// Nights of the stay, or of the preparation after it, that have other claims.
    #[error("some of the nights are not available")]
    NightsTaken(Vec<NaiveDate>),
    /// More adults and children than the maximum.
    #[error("the property accepts at most {0} guests, not counting infants")]
    TooManyGuests(u32),
    /// More pets than the maximum.
    #[error("the property accepts at most {0} pets")]
    TooManyPets(u32),
}

impl Unavailable {
    /// Stable code of the rule.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotListed => "not_listed",
            Self::MinNights(_) => "min_nights",
            Self::MaxNights(_) => "max_nights",
            Self::Past => "past",
            Self::TooLate => "too_late",
            Self::TooSoon(_) => "too_soon",
            Self::TooFar(_) => "too_far",
            Self::ClosedToArrival => "closed_to_arrival",
            Self::ClosedToDeparture => "closed_to_departure",
            Self::NightsTaken(_) => "dates_unavailable",
            Self::TooManyGuests(_) => "too_many_guests",
            Self::TooManyPets(_) => "too_many_pets",
        }
    }

    /// JSON pointer to the request field concerned.
    #[must_use]
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::NotListed => "/property_id",
            Self::MinNights(_) | Self::MaxNights(_) | Self::ClosedToDeparture => "/check_out",
            Self::Past
            | Self::TooLate
            | Self::TooSoon(_)
            | Self::TooFar(_)
            | Self::ClosedToArrival
            | Self::NightsTaken(_) => "/check_in",
            Self::TooManyGuests(_) => "/guests/adults",
            Self::TooManyPets(_) => "/guests/pets",
        }
    }
}

string_enum! {
    /// Reason for which a night of the calendar is unavailable.
    UnavailableReason {
        /// Booked.
        Booked = "booked",
        /// Held by a booking that is not confirmed yet.
        Held = "held",
        /// Blocked by the host.
        Blocked = "blocked",
        /// Preparation after a stay.
        Preparation = "preparation",
        /// Blocked by an imported calendar.
        Imported = "imported",
        /// In the past.
        Past = "past",
        /// Less advance notice than the host requires.
        TooSoon = "too_soon",
        /// Beyond the booking window.
        TooFar = "too_far",
    }
}

impl From<ClaimKind> for UnavailableReason {
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
