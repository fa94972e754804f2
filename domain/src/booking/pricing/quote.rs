//! Quotes: prices with an expiry.

use chrono::{DateTime, Utc};

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::{Price, RatePlan};
use crate::shared::guests::Guests;
use crate::shared::id::PropertyId;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// A guaranteed price with its conditions. A booking made with a valid quote costs exactly its
/// total.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quote {
    /// The property.
    pub property_id: PropertyId,
    /// The stay.
    pub stay: Stay,
    /// The number of guests by kind.
    pub guests: Guests,
    /// Rate plan chosen by the guest.
    pub rate: RatePlan,
    /// The price.
    pub price: Price,
    /// Price list, policies and reductions; a booking made with the quote keeps them.
    pub conditions: BookingConditions,
    /// Terms under which it was priced; a booking made with the quote keeps them.
    pub terms: MarketplaceTerms,
    /// Last instant at which it can be used (UTC).
    pub expires_at: DateTime<Utc>,
}

impl Quote {
    /// Refund policy for cancellations.
    #[must_use]
    pub fn policy(&self) -> RefundPolicy {
        self.conditions.policy_for(self.stay)
    }

    /// Returns `true` if the quote was made for exactly this request.
    #[must_use]
    pub fn is_for(
        &self,
        property_id: PropertyId,
        stay: Stay,
        guests: Guests,
        rate: RatePlan,
    ) -> bool {
        (self.property_id, self.stay, self.guests, self.rate) == (property_id, stay, guests, rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{at, cabin, conditions, guests, price_of, stay};

    #[test]
    fn a_quote_is_for_one_property_stay_party_and_rate() {
        let (property, dates) = (cabin(|_| {}), "2026-07-10/2026-07-14");
        let quote = Quote {
            property_id: property.id,
            stay: stay(dates),
            guests: guests(2),
            rate: RatePlan::Standard,
            price: price_of(&property, dates, RatePlan::Standard),
            conditions: conditions(&property, dates),
            terms: MarketplaceTerms::default(),
            expires_at: at("2026-03-01T17:15:00Z"),
        };
        let other = PropertyId::new(uuid::Uuid::nil());
        assert!(quote.is_for(property.id, stay(dates), guests(2), RatePlan::Standard));
        assert!(!quote.is_for(other, stay(dates), guests(2), RatePlan::Standard));
        assert!(!quote.is_for(
            property.id,
            stay("2026-07-10/2026-07-15"),
            guests(2),
            RatePlan::Standard
        ));
        assert!(!quote.is_for(property.id, stay(dates), guests(1), RatePlan::Standard));
        assert!(!quote.is_for(property.id, stay(dates), guests(2), RatePlan::NonRefundable));
    }
}
