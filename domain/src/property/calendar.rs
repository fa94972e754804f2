//! The nights of a property: what each costs, what rules it has, and who holds it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::catalogue::words;
use crate::shared::{BookingId, Money, Stay, Violations};

words! {
    /// Why a night is taken.
    ClaimKind {
        /// By a confirmed booking.
        Booked = "booked",
        /// By a booking that awaits payment or the host.
        Held = "held",
        /// By the host.
        Blocked = "blocked",
        /// To get the place ready after a stay.
        Preparation = "preparation",
        /// By another site's calendar.
        Imported = "imported",
    }
}

/// Who holds a night. There is at most one claim on a night of a property, on any backend, by primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightClaim {
    /// The night, named by the date on which it begins.
    pub night: NaiveDate,
    /// Why.
    pub kind: ClaimKind,
    /// The booking that claims it; none for blocks and imports.
    pub booking_id: Option<BookingId>,
}

/// What a host sets for one date. What is absent comes from the property.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightRules {
    /// The night's price.
    pub price: Option<Money>,
    /// Fewest nights of a stay that begins on this date.
    pub min_nights: Option<u32>,
    /// Most nights of a stay that begins on this date.
    pub max_nights: Option<u32>,
    /// Nobody arrives on this date.
    pub closed_to_arrival: bool,
    /// Nobody departs on this date.
    pub closed_to_departure: bool,
    /// The host's own note, shown to nobody else.
    pub note: Option<String>,
}

impl NightRules {
    /// Whether nothing is set, so that nothing need be kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Everything that is wrong with them.
    #[must_use]
    pub fn violations(&self) -> Violations {
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

/// A stretch of a property's calendar: rules and claims by night. A night in neither is free and ordinary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    rules: BTreeMap<NaiveDate, NightRules>,
    claims: BTreeMap<NaiveDate, NightClaim>,
}

impl Calendar {
    /// A stretch of nights with these rules and claims.
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

    /// What the host set for a date.
    #[must_use]
    pub fn rules(&self, date: NaiveDate) -> Option<&NightRules> {
        self.rules.get(&date)
    }

    /// Who holds a night.
    #[must_use]
    pub fn claim(&self, night: NaiveDate) -> Option<NightClaim> {
        self.claims.get(&night).copied()
    }

    /// The same stretch without the claims of one booking: how it looks to that booking itself.
    #[must_use]
    pub fn without(mut self, booking: BookingId) -> Self {
        self.claims
            .retain(|_, claim| claim.booking_id != Some(booking));
        self
    }
}
