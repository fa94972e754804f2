//! A price that is good for a while.

use chrono::{DateTime, Utc};

use super::{Price, Rate, RefundPolicy};
use crate::shared::{Guests, MarketplaceTerms, PropertyId, Stay};

/// What a stay costs, on which conditions, and until when that is good. Whoever books with a valid quote pays
/// exactly its total.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quote {
    /// The property.
    pub property_id: PropertyId,
    /// The stay.
    pub stay: Stay,
    /// The party.
    pub guests: Guests,
    /// The rate chosen.
    pub rate: Rate,
    /// The price.
    pub price: Price,
    /// What comes back on cancellation.
    pub policy: RefundPolicy,
    /// The fees and windows under which it was priced, and under which a booking made with it lives.
    pub terms: MarketplaceTerms,
    /// The last instant at which it can be booked with.
    pub expires_at: DateTime<Utc>,
}

impl Quote {
    /// Whether it was made for just this.
    #[must_use]
    pub fn is_for(&self, property_id: PropertyId, stay: Stay, guests: Guests, rate: Rate) -> bool {
        (self.property_id, self.stay, self.guests, self.rate) == (property_id, stay, guests, rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{at, cabin, guests, price_of, stay};

    #[test]
    fn a_quote_is_for_one_property_stay_party_and_rate() {
        let (property, dates) = (cabin(|_| {}), "2026-07-10/2026-07-14");
        let quote = Quote {
            property_id: property.id,
            stay: stay(dates),
            guests: guests(2),
            rate: Rate::Standard,
            price: price_of(&property, dates, Rate::Standard),
            policy: RefundPolicy::Flexible,
            terms: MarketplaceTerms::default(),
            expires_at: at("2026-03-01T17:15:00Z"),
        };
        let other = PropertyId::new(uuid::Uuid::nil());
        assert!(quote.is_for(property.id, stay(dates), guests(2), Rate::Standard));
        assert!(!quote.is_for(other, stay(dates), guests(2), Rate::Standard));
        assert!(!quote.is_for(
            property.id,
            stay("2026-07-10/2026-07-15"),
            guests(2),
            Rate::Standard
        ));
        assert!(!quote.is_for(property.id, stay(dates), guests(1), Rate::Standard));
        assert!(!quote.is_for(property.id, stay(dates), guests(2), Rate::NonRefundable));
    }
}
