//! Why a stay, or a night, cannot be booked.

use chrono::NaiveDate;

use crate::property::{ClaimKind, words};

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
