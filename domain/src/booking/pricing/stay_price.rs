//! The steps of a price, in order.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::booking::pricing::draft::{Draft, PriceTrace, share_of};
use crate::booking::pricing::price::{LineKind, Price, PriceError, RatePlan};
use crate::property::calendar::Calendar;
use crate::property::pricing::Pricing;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::local_time::local_date;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// Prices a stay at an instant. Only early-bird and last-minute discounts depend on the instant.
///
/// Order: night prices (date > weekend > base) → length of stay → early bird or last minute, the
/// larger → non-refundable → cleaning → extra guests → pets → service fee → taxes. Each percentage
/// is rounded once, on its own line. Availability is checked separately by
/// [`check_availability`](crate::booking::check_availability). The running time is linear in the number of nights.
///
/// Source: the domain rules of Sojourn, section *Price*.
///
/// # Errors
/// [`PriceError`] when the stay cannot be priced.
pub fn price(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    rate: RatePlan,
    terms: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<Price, PriceError> {
    PriceRequest::of(property, calendar, stay, guests, rate, terms, now)?.compute(&mut ())
}

/// The inputs of a price.
pub(super) struct PriceRequest<'a> {
    pub pricing: &'a Pricing,
    pub zone: Tz,
    pub calendar: &'a Calendar,
    pub stay: Stay,
    pub guests: Guests,
    pub rate: RatePlan,
    pub terms: &'a MarketplaceTerms,
    pub now: DateTime<Utc>,
}

impl<'a> PriceRequest<'a> {
    pub(super) fn of(
        property: &'a Property,
        calendar: &'a Calendar,
        stay: Stay,
        guests: Guests,
        rate: RatePlan,
        terms: &'a MarketplaceTerms,
        now: DateTime<Utc>,
    ) -> Result<Self, PriceError> {
        let (Some(pricing), Some(zone)) = (&property.details.pricing, property.details.time_zone)
        else {
            return Err(PriceError::NoPrice);
        };
        Ok(Self {
            pricing,
            zone,
            calendar,
            stay,
            guests,
            rate,
            terms,
            now,
        })
    }

    /// Calculates the price and reports every rule to the trace.
    pub(super) fn compute(&self, trace: &mut impl PriceTrace) -> Result<Price, PriceError> {
        let &Self {
            pricing,
            stay,
            guests,
            terms,
            ..
        } = self;
        let mut draft = Draft::new(pricing.currency(), trace);
        let nights = draft.nights(pricing, self.calendar, stay)?;
        draft.length_of_stay(pricing, stay.nights())?;
        draft.days_ahead(
            pricing,
            (stay.check_in() - local_date(self.zone, self.now)).num_days(),
        )?;
        draft.non_refundable(pricing, self.rate)?;
        draft.fees(pricing, stay.nights(), guests)?;
        let base = draft.sum();
        let fee = base.checked_percent(terms.guest_fee_bps)?;
        let reason = || share_of(terms.guest_fee_bps, base);
        draft.push(
            LineKind::ServiceFee,
            "Service fee",
            (1, fee),
            "guest_fee",
            reason,
        )?;
        for tax in &pricing.taxes {
            draft.tax(tax, base, stay.nights(), guests)?;
        }
        let host_fee = base.checked_percent(terms.host_fee_bps)?;
        let (lines, total) = draft.finish();
        Ok(Price {
            lines,
            nights,
            total,
            host_fee,
            host_payout: base.checked_sub(host_fee)?,
        })
    }
}
