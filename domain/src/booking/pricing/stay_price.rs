//! The order in which a price is made.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::super::{LineKind, Price, PriceError, Rate};
use super::draft::{Draft, Witness, share_of};
use crate::property::{Calendar, Pricing, Property};
use crate::shared::{Guests, MarketplaceTerms, Stay, local_date};

/// Prices a stay at an instant. The instant matters to early-bird and last-minute discounts alone.
///
/// Order: night prices (date > weekend > base) → length of stay → early bird or last minute, the larger →
/// non-refundable → cleaning → extra guests → pets → service fee → taxes. Each percentage is rounded once, on
/// its own line. Whether the stay can be booked is another question: [`refusals`](crate::booking::refusals).
/// The work grows in proportion to the nights.
///
/// Source: the domain rules of Sojourn, section *Price*.
///
/// # Errors
/// [`PriceError`].
pub fn price(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    rate: Rate,
    terms: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<Price, PriceError> {
    Request::of(property, calendar, stay, guests, rate, terms, now)?.priced(&mut ())
}

/// All that a price depends on.
pub(super) struct Request<'a> {
    pub pricing: &'a Pricing,
    pub zone: Tz,
    pub calendar: &'a Calendar,
    pub stay: Stay,
    pub guests: Guests,
    pub rate: Rate,
    pub terms: &'a MarketplaceTerms,
    pub now: DateTime<Utc>,
}

impl<'a> Request<'a> {
    pub(super) fn of(
        property: &'a Property,
        calendar: &'a Calendar,
        stay: Stay,
        guests: Guests,
        rate: Rate,
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

    /// Makes the price; the witness hears of every rule in its turn.
    pub(super) fn priced(&self, witness: &mut impl Witness) -> Result<Price, PriceError> {
        let &Self {
            pricing,
            stay,
            guests,
            terms,
            ..
        } = self;
        let mut draft = Draft::new(pricing.currency(), witness);
        let nights = draft.nights(pricing, self.calendar, stay)?;
        draft.length_of_stay(pricing, stay.nights())?;
        draft.days_ahead(
            pricing,
            (stay.check_in() - local_date(self.zone, self.now)).num_days(),
        )?;
        draft.non_refundable(pricing, self.rate)?;
        draft.fees(pricing, stay.nights(), guests)?;
        let base = draft.sum();
        let fee = base.percent(terms.guest_fee_bps)?;
        let because = || share_of(terms.guest_fee_bps, base);
        draft.push(
            LineKind::ServiceFee,
            "Service fee",
            (1, fee),
            "guest_fee",
            because,
        )?;
        for tax in &pricing.taxes {
            draft.tax(tax, base, stay.nights(), guests)?;
        }
        let host_fee = base.percent(terms.host_fee_bps)?;
        let (lines, total) = draft.finish();
        Ok(Price {
            lines,
            nights,
            total,
            host_fee,
            host_payout: base.minus(host_fee)?,
        })
    }
}
