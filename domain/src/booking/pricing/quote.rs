//! Quotes: prices with an expiry.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::{Price, RatePlan};
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::id::PropertyId;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// Parts of a quote, as they are signed and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct QuoteRecord {
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

/// A guaranteed price with its conditions. A booking made with a valid quote costs exactly its
/// total. Its parts can be read; [`Offer::quote`](crate::booking::Offer::quote) makes one.
///
/// Guarantees: the price is one of exactly the nights of the stay, in the currency of the price
/// list. A quote that left the program, such as in a token, must be signed: what it was made of
/// cannot be derived from its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "QuoteRecord", into = "QuoteRecord")
)]
pub struct Quote {
    record: QuoteRecord,
}

/// Reason for which parts do not make a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidQuote {
    /// The price is one of other nights.
    #[error("the price is not for the nights of {stay}")]
    OtherNights {
        /// The stay.
        stay: Stay,
    },
    /// The price has another currency than the price list.
    #[error("the price is in {found}, the price list in {expected}")]
    Currency {
        /// Currency of the price list.
        expected: Currency,
        /// Currency of the price.
        found: Currency,
    },
}

impl Deref for Quote {
    type Target = QuoteRecord;

    fn deref(&self) -> &QuoteRecord {
        &self.record
    }
}

impl From<Quote> for QuoteRecord {
    fn from(quote: Quote) -> Self {
        quote.record
    }
}

impl TryFrom<QuoteRecord> for Quote {
    type Error = InvalidQuote;

    fn try_from(record: QuoteRecord) -> Result<Self, InvalidQuote> {
        Self::restore(record)
    }
}

impl Quote {
    /// Restores a quote from its parts.
    ///
    /// # Errors
    /// [`InvalidQuote`] when the price is not one of the stay.
    pub fn restore(record: QuoteRecord) -> Result<Self, InvalidQuote> {
        if !record.price.is_for(record.stay) {
            return Err(InvalidQuote::OtherNights { stay: record.stay });
        }
        let expected = record.conditions.pricing.currency();
        let found = record.price.currency();
        if expected == found {
            Ok(Self { record })
        } else {
            Err(InvalidQuote::Currency { expected, found })
        }
    }

    /// Returns its parts.
    #[must_use]
    pub fn into_record(self) -> QuoteRecord {
        self.record
    }

    /// A quote of a price that was calculated for it.
    pub(in crate::booking) const fn new(record: QuoteRecord) -> Self {
        Self { record }
    }

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
    use crate::fixtures::{cabin, guests, quoted, stay};
    use crate::shared::money::Money;

    #[test]
    fn a_quote_is_for_one_property_stay_party_and_rate() {
        let (property, dates) = (cabin(|_| {}), "2026-07-10/2026-07-14");
        let quote = quoted(&property, dates);
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

    #[test]
    fn the_price_of_other_nights_is_no_quote() {
        let record = quoted(&cabin(|_| {}), "2026-07-10/2026-07-14").into_record();
        let year = QuoteRecord {
            stay: stay("2026-07-10/2027-07-10"),
            ..record.clone()
        };
        assert_eq!(
            Quote::restore(year.clone()),
            Err(InvalidQuote::OtherNights { stay: year.stay })
        );
        let euro = Currency::parse("EUR").unwrap();
        let mut foreign = record;
        foreign.conditions.pricing =
            crate::property::pricing::Pricing::nightly(Money::new(1, euro));
        let refused = Quote::restore(foreign).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the price is in USD, the price list in EUR"
        );
    }
}
