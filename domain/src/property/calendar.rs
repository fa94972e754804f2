//! Calendar of a property: prices, rules and claims of its nights.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::shared::id::BookingId;
use crate::shared::money::Money;
use crate::shared::stay::Stay;
use crate::shared::string_enum::string_enum;
use crate::shared::violations::Violations;

string_enum! {
    /// Reason for which a night is taken.
    ClaimKind {
        /// A confirmed booking.
        Booked = "booked",
        /// A booking that awaits payment or the host.
        Held = "held",
        /// A block by the host.
        Blocked = "blocked",
        /// Preparation after a stay.
        Preparation = "preparation",
        /// A block from an imported calendar, which the host can lift.
        Imported = "imported",
    }
}

/// A claim on a night. The primary key of every backend allows at most one per night of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightClaim {
    /// Date on which the night begins.
    pub night: NaiveDate,
    /// Kind of the claim.
    pub kind: ClaimKind,
    /// Booking that claims it; absent for blocks and imports.
    pub booking_id: Option<BookingId>,
}

/// A host's settings for one date. Absent values are inherited from the property.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightRules {
    /// Price of the night.
    pub price: Option<Money>,
    /// Minimum nights of a stay that begins on this date.
    pub min_nights: Option<u32>,
    /// Maximum nights of a stay that begins on this date.
    pub max_nights: Option<u32>,
    /// True if no stay may begin on this date.
    pub closed_to_arrival: bool,
    /// True if no stay may end on this date.
    pub closed_to_departure: bool,
    /// The host's private note.
    pub note: Option<String>,
}

impl NightRules {
    /// Returns `true` if nothing is set, so that nothing needs to be stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns all violations of the limits.
    #[must_use]
    pub fn validate(&self) -> Violations {
        let mut found = Violations::new();
        let nights = 1..=Stay::LONGEST;
        let count_ok = |count: Option<u32>| count.is_none_or(|count| nights.contains(&count));
        found.require(
            count_ok(self.min_nights),
            "/min_nights",
            "out_of_range",
            "1 to 731 nights",
        );
        found.require(
            count_ok(self.max_nights),
            "/max_nights",
            "out_of_range",
            "1 to 731 nights",
        );
        if let (Some(min), Some(max)) = (self.min_nights, self.max_nights) {
            found.require(
                min <= max,
                "/max_nights",
                "contradiction",
                "must not be below min_nights",
            );
        }
        if let Some(price) = self.price {
            let ok = (1..=1_000_000_000_000).contains(&price.amount());
            found.require(
                ok,
                "/price/amount",
                "out_of_range",
                "1 to 1000000000000 minor units",
            );
        }
        if let Some(note) = &self.note {
            found.text("/note", note, 500);
        }
        found
    }
}

/// Rules and claims of a range of nights. A night without either is free and has the property's
/// settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    rules: BTreeMap<NaiveDate, NightRules>,
    claims: BTreeMap<NaiveDate, NightClaim>,
}

impl Calendar {
    /// Creates a calendar from rules and claims.
    pub fn new(
        rules: impl IntoIterator<Item = (NaiveDate, NightRules)>,
        claims: impl IntoIterator<Item = NightClaim>,
    ) -> Self {
        Self {
            rules: rules.into_iter().collect(),
            claims: claims
                .into_iter()
                .map(|claim| (claim.night, claim))
                .collect(),
        }
    }

    /// The host's rules for a date.
    #[must_use]
    pub fn rules(&self, date: NaiveDate) -> Option<&NightRules> {
        self.rules.get(&date)
    }

    /// The claim on a night.
    #[must_use]
    pub fn claim(&self, night: NaiveDate) -> Option<NightClaim> {
        self.claims.get(&night).copied()
    }

    /// The calendar without the claims of one booking, as it looks to that booking.
    #[must_use]
    pub fn without(mut self, booking: BookingId) -> Self {
        self.claims
            .retain(|_, claim| claim.booking_id != Some(booking));
        self
    }
}
