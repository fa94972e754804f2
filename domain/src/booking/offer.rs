//! An offer: a property with its calendar under the marketplace's terms, asked for a stay.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::availability::availability_error::Unavailable;
use crate::booking::availability::check_availability::check_availability;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::explain::{PriceExplanation, explain_price};
use crate::booking::pricing::price::{Price, PriceError, RatePlan};
use crate::booking::pricing::quote::{Quote, QuoteRecord};
use crate::booking::pricing::stay_price::price;
use crate::property::calendar::Calendar;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// A stay that a guest asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StayRequest {
    /// The stay.
    pub stay: Stay,
    /// The number of guests by kind.
    pub guests: Guests,
    /// Rate plan chosen by the guest.
    pub rate: RatePlan,
}

impl StayRequest {
    /// A request at the standard rate.
    #[must_use]
    pub const fn new(stay: Stay, guests: Guests) -> Self {
        Self {
            stay,
            guests,
            rate: RatePlan::Standard,
        }
    }

    /// The same at another rate.
    #[must_use]
    pub const fn at_rate(self, rate: RatePlan) -> Self {
        Self { rate, ..self }
    }
}

/// A property, its calendar, and the terms of the marketplace.
///
/// The calendar must cover the nights of the stays that are asked for, their check-out date, and
/// the preparation nights after them.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// The property.
    pub property: &'a Property,
    /// Its calendar.
    pub calendar: &'a Calendar,
    /// Fees and time limits in force.
    pub terms: &'a MarketplaceTerms,
}

/// A quote with the explanation of every pricing rule, in the order of the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedQuote {
    /// The quote.
    pub quote: Quote,
    /// The explanations.
    pub explanations: Vec<PriceExplanation>,
}

/// Reason for which no quote is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// Every violated rule of availability.
    #[error("the stay cannot be booked")]
    Unavailable(Vec<Unavailable>),
    /// The stay has no price.
    #[error(transparent)]
    Price(#[from] PriceError),
}

impl<'a> Offer<'a> {
    /// An offer of a property.
    #[must_use]
    pub const fn new(
        property: &'a Property,
        calendar: &'a Calendar,
        terms: &'a MarketplaceTerms,
    ) -> Self {
        Self {
            property,
            calendar,
            terms,
        }
    }

    /// Checks that the stay can be booked at an instant.
    ///
    /// # Errors
    /// [`OfferError::Unavailable`] with every violated rule, as
    /// [`check_availability`](crate::booking::check_availability) finds them.
    pub fn check(&self, request: StayRequest, now: DateTime<Utc>) -> Result<(), OfferError> {
        let Self {
            property, calendar, ..
        } = *self;
        let found = check_availability(property, calendar, request.stay, request.guests, now);
        if found.is_empty() {
            Ok(())
        } else {
            Err(OfferError::Unavailable(found))
        }
    }

    /// Quotes an available stay. The quote is valid for [`MarketplaceTerms::quote_minutes`]
    /// whatever the host changes, and claims no nights.
    ///
    /// # Errors
    /// [`OfferError`] when the stay cannot be booked or priced.
    pub fn quote(&self, request: StayRequest, now: DateTime<Utc>) -> Result<Quote, OfferError> {
        self.check(request, now)?;
        let price = self.price(request, now)?;
        Ok(self.quote_at(price, request, now)?)
    }

    /// Quotes as [`Offer::quote`] does, and explains every pricing rule of the property once. The
    /// rules for the price of a night and the guest's service fee are always included; a
    /// discount, fee or tax only if the host has set it.
    ///
    /// # Errors
    /// [`OfferError`] when the stay cannot be booked or priced.
    pub fn explained_quote(
        &self,
        request: StayRequest,
        now: DateTime<Utc>,
    ) -> Result<ExplainedQuote, OfferError> {
        self.check(request, now)?;
        let StayRequest { stay, guests, rate } = request;
        let Self {
            property,
            calendar,
            terms,
        } = *self;
        let (price, explanations) =
            explain_price(property, calendar, stay, guests, rate, terms, now)?;
        Ok(ExplainedQuote {
            quote: self.quote_at(price, request, now)?,
            explanations,
        })
    }

    /// Prices a stay at an instant, available or not. Only early-bird and last-minute discounts
    /// depend on the instant.
    ///
    /// Order: night prices (date > weekend > base) → length of stay → early bird or last minute,
    /// the larger → non-refundable → cleaning → extra guests → pets → service fee → taxes. Each
    /// percentage is rounded once, on its own line. The running time is linear in the number of
    /// nights.
    ///
    /// Source: the domain rules of Sojourn, section *Price*.
    ///
    /// # Errors
    /// [`PriceError`] when the stay cannot be priced.
    pub fn price(&self, request: StayRequest, now: DateTime<Utc>) -> Result<Price, PriceError> {
        let StayRequest { stay, guests, rate } = request;
        let Self {
            property,
            calendar,
            terms,
        } = *self;
        price(property, calendar, stay, guests, rate, terms, now)
    }

    fn quote_at(
        &self,
        price: Price,
        request: StayRequest,
        now: DateTime<Utc>,
    ) -> Result<Quote, PriceError> {
        let StayRequest { stay, guests, rate } = request;
        let minutes = TimeDelta::minutes(self.terms.quote_minutes.into());
        Ok(Quote::new(QuoteRecord {
            property_id: self.property.id,
            stay,
            guests,
            rate,
            price,
            conditions: BookingConditions::of(self.property, stay, rate, now)?,
            terms: self.terms.clone(),
            expires_at: now
                .checked_add_signed(minutes)
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
        }))
    }
}
