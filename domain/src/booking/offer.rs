//! An offer: a property with its calendar under the marketplace's terms, asked for a stay.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::booking::availability::availability_error::{Unavailable, UnavailableReason};
use crate::booking::availability::check_availability::{
    check_availability, closed_to_arrival, closed_to_departure, effective_limits,
    unavailable_reason,
};
use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::explain::{PriceExplanation, explain_price};
use crate::booking::pricing::night_prices::night_amount;
use crate::booking::pricing::price::{Price, PriceError, RatePlan};
use crate::booking::pricing::quote::{Quote, QuoteRecord};
use crate::booking::pricing::stay_price::price;
use crate::property::calendar::{Calendar, CalendarError};
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::local_time::saturating_add;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
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
/// The calendar must be that of the property and cover the stays that are asked for as
/// [`Calendar::range_of`] says; otherwise they are an [`OfferError::Calendar`].
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    #[error("the stay cannot be booked: {}", list(.0))]
    Unavailable(Vec<Unavailable>),
    /// The calendar is that of another property or does not cover the stay.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The stay has no price.
    #[error(transparent)]
    Price(#[from] PriceError),
}

/// The violated rules as text.
fn list(violated: &[Unavailable]) -> String {
    let rules: Vec<_> = violated.iter().map(Unavailable::to_string).collect();
    rules.join("; ")
}

/// A night as it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OfferedNight {
    /// Price before discounts; absent for a property without prices.
    pub price: Option<Money>,
    /// Minimum nights of a stay that begins on this date.
    pub min_nights: u32,
    /// Maximum nights of a stay that begins on this date.
    pub max_nights: u32,
    /// True if no stay may begin on this date.
    pub closed_to_arrival: bool,
    /// True if no stay may end on this date.
    pub closed_to_departure: bool,
    /// Reason for which no stay can begin on this night; absent when it is available.
    pub unavailable: Option<UnavailableReason>,
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
    /// [`check_availability`](crate::booking::check_availability) finds them;
    /// [`OfferError::Calendar`].
    pub fn check(&self, request: StayRequest, now: DateTime<Utc>) -> Result<(), OfferError> {
        let Self {
            property, calendar, ..
        } = *self;
        let found = check_availability(property, calendar, request.stay, request.guests, now)?;
        if found.is_empty() {
            Ok(())
        } else {
            Err(OfferError::Unavailable(found))
        }
    }

    /// One night with its price, limits and availability at an instant. Of the rules for a date,
    /// the most specific one applies: that of the date, of the weekday, of the property.
    ///
    /// # Errors
    /// [`CalendarError`] when the calendar is that of another property or does not have the night.
    pub fn night(
        &self,
        night: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<OfferedNight, CalendarError> {
        let Self {
            property, calendar, ..
        } = *self;
        calendar.require_property(property.id)?;
        let (min_nights, max_nights) = effective_limits(property, calendar, night)?;
        Ok(OfferedNight {
            price: night_amount(property, calendar, night)?,
            min_nights,
            max_nights,
            closed_to_arrival: closed_to_arrival(property, calendar, night)?,
            closed_to_departure: closed_to_departure(property, calendar, night)?,
            unavailable: unavailable_reason(property, calendar, night, now)?,
        })
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

    /// Refunds of a cancellation by the guest over time, if the quote were booked and confirmed at
    /// an instant.
    ///
    /// Source: the domain rules of Sojourn, section *Cancellation*.
    ///
    /// # Errors
    /// [`PriceError`] when the property has no time zone, or amounts cannot be combined.
    pub fn refund_schedule(
        &self,
        quote: &Quote,
        now: DateTime<Utc>,
    ) -> Result<Vec<RefundTier>, PriceError> {
        let details = &self.property.details;
        let deadlines = Deadlines {
            stay: quote.stay,
            zone: details.time_zone.ok_or(PriceError::NoPrice)?,
            check_in_from: details.stay_rules.check_in_from,
            booked_at: now,
            confirmed_at: now,
            confirmed_check_in: quote.stay.check_in(),
        };
        let (policy, terms) = (quote.policy(), &quote.terms);
        Ok(RefundTier::schedule(
            policy,
            &quote.price,
            &deadlines,
            terms,
            now,
        )?)
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
            expires_at: saturating_add(now, minutes),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::booking::Booking;
    use crate::booking::lifecycle::hold::NewBooking;
    use crate::fixtures::{BOOKING, GUEST, at, cabin, guests, open_calendar, stay, usd};
    use crate::shared::id::PropertyId;

    #[test]
    fn the_schedule_of_a_quote_is_that_of_its_booking() {
        let (property, calendar) = (cabin(|_| {}), open_calendar());
        let terms = MarketplaceTerms::default();
        let offer = Offer::new(&property, &calendar, &terms);
        let now = at("2026-03-01T17:00:00Z");
        let request = StayRequest::new(stay("2026-07-10/2026-07-14"), guests(2));
        for rate in [RatePlan::Standard, RatePlan::NonRefundable] {
            let property = cabin(|details| {
                let pricing = details.pricing.as_mut().unwrap();
                pricing.non_refundable_discount_bps = Some(crate::shared::BasisPoints::HALF);
            });
            let offer = Offer {
                property: &property,
                ..offer
            };
            let quote = offer.quote(request.at_rate(rate), now).unwrap();
            let schedule = offer.refund_schedule(&quote, now).unwrap();
            let new = NewBooking {
                id: BOOKING,
                guest_id: GUEST,
                quote,
                message: None,
            };
            let held = Booking::hold(&property, new, now).unwrap().into_booking();
            let booking = held
                .record_capture("ABCDEFGHJK".into(), now)
                .unwrap()
                .into_booking();
            let booked = RefundTier::schedule(
                booking.policy,
                &booking.price,
                &booking.deadlines(),
                &terms,
                now,
            );
            assert_eq!(Ok(schedule.clone()), booked);
            assert_eq!(schedule.last().unwrap().refund, usd(0));
        }
    }

    #[test]
    fn an_unavailable_stay_is_not_quoted() {
        let (property, calendar) = (cabin(|_| {}), open_calendar());
        let terms = MarketplaceTerms::default();
        let offer = Offer::new(&property, &calendar, &terms);
        let request = StayRequest::new(stay("2026-07-10/2026-07-14"), guests(5));
        let refused = offer.quote(request, at("2026-03-01T17:00:00Z"));
        let reasons = vec![Unavailable::TooManyGuests(4)];
        assert_eq!(refused, Err(OfferError::Unavailable(reasons)));
        assert!(offer.price(request, at("2026-03-01T17:00:00Z")).is_ok());
    }

    #[test]
    fn a_stay_outside_of_the_calendar_is_an_error() {
        let (property, terms) = (cabin(|_| {}), MarketplaceTerms::default());
        let (asked, now) = (stay("2026-07-10/2026-07-14"), at("2026-03-01T17:00:00Z"));
        let request = StayRequest::new(asked, guests(2));
        let known = |from: &str, to: &str| {
            let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
            let calendar = Calendar::free(property.id, from, to);
            Offer::new(&property, &calendar, &terms).quote(request, now)
        };
        assert!(known("2026-07-10", "2026-07-15").is_ok());
        for (from, to) in [("2026-07-11", "2026-07-15"), ("2026-07-10", "2026-07-14")] {
            let refused = known(from, to);
            assert!(matches!(
                refused,
                Err(OfferError::Calendar(CalendarError::Outside { .. }))
            ));
        }
        let other = PropertyId::new(uuid::Uuid::from_u128(9));
        let calendar = Calendar::free(other, asked.check_in(), NaiveDate::MAX);
        let offer = Offer::new(&property, &calendar, &terms);
        let error = CalendarError::OtherProperty {
            calendar: other,
            asked: property.id,
        };
        assert_eq!(offer.quote(request, now), Err(OfferError::Calendar(error)));
        assert_eq!(offer.price(request, now), Err(PriceError::Calendar(error)));
        assert_eq!(offer.night(asked.check_in(), now), Err(error));
    }
}
