//! The steps of a price, in order.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::booking::pricing::draft::{Draft, PriceTrace, share_of};
use crate::booking::pricing::price::{
    LineKind, NightPrice, Price, PriceError, PriceRecord, RatePlan,
};
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

/// Days between the property's today and the check-in date.
pub(super) fn days_ahead(zone: Tz, check_in: NaiveDate, now: DateTime<Utc>) -> i64 {
    (check_in - local_date(zone, now)).num_days()
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
        calendar.require_property(property.id)?;
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
        draft.days_ahead(pricing, days_ahead(self.zone, stay.check_in(), self.now))?;
        draft.non_refundable(pricing, self.rate)?;
        finish(draft, nights, pricing, guests, terms)
    }
}

/// Adds fees, the service fee and taxes to the discounted nights, and the host's share.
pub(super) fn finish<W: PriceTrace>(
    mut draft: Draft<'_, W>,
    nights: Vec<NightPrice>,
    pricing: &Pricing,
    guests: Guests,
    terms: &MarketplaceTerms,
) -> Result<Price, PriceError> {
    let count = u32::try_from(nights.len()).unwrap_or(u32::MAX);
    draft.fees(pricing, count, guests)?;
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
        draft.tax(tax, base, count, guests)?;
    }
    let host_fee = base.checked_percent(terms.host_fee_bps)?;
    let (lines, total) = draft.finish();
    Ok(Price::new(PriceRecord {
        lines,
        nights,
        total,
        host_fee,
        host_payout: base.checked_sub(host_fee)?,
    }))
}
