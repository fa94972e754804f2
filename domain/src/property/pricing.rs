//! Prices of a property.

use std::cmp::Reverse;

use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::Money;

/// A host's prices, all in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pricing {
    /// Base price of a night.
    pub nightly: Money,
    /// Price of a Friday or Saturday night.
    pub weekend: Option<Money>,
    /// Cleaning fee per stay.
    pub cleaning_fee: Option<Money>,
    /// Fee for each adult or child above the included number, per night.
    pub extra_guest_fee: Option<ExtraGuestFee>,
    /// Pet fee per stay, charged when there are pets.
    pub pet_fee: Option<Money>,
    /// Discount on the nights of stays of 7 nights or more; 0 is no discount.
    pub weekly_discount_bps: BasisPoints,
    /// Discount on the nights of stays of 28 nights or more; 0 is no discount.
    pub monthly_discount_bps: BasisPoints,
    /// The host's own length-of-stay tiers; the longest tier that fits applies, weekly and monthly
    /// ones included.
    pub length_of_stay_discounts: Vec<NightsDiscount>,
    /// Discount for booking at least a number of days ahead.
    pub early_bird: Option<DayDiscount>,
    /// Discount for booking at most a number of days ahead.
    pub last_minute: Option<DayDiscount>,
    /// Discount of the non-refundable rate, on the amount left; the rate is offered if present.
    pub non_refundable_discount_bps: Option<BasisPoints>,
    /// Taxes, each on its own line.
    pub taxes: Vec<Tax>,
}

/// A fee for each adult or child above the included number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExtraGuestFee {
    /// Number of guests included.
    pub after: u32,
    /// Fee for each additional guest, per night.
    pub per_night: Money,
}

/// A discount for long stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightsDiscount {
    /// Minimum number of nights.
    pub nights: u32,
    /// Discount.
    pub discount_bps: BasisPoints,
}

/// A discount by the days between booking and check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DayDiscount {
    /// Number of days.
    pub days_ahead: u32,
    /// Discount.
    pub discount_bps: BasisPoints,
}

/// A tax that the host must collect.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tax {
    /// Name of the tax.
    pub name: String,
    /// Rate of the tax.
    pub rate: TaxRate,
    /// Number of nights from which stays are exempt.
    pub exempt_from_nights: Option<u32>,
}

impl Pricing {
    /// Nights from which the weekly discount applies.
    pub const WEEKLY_NIGHTS: u32 = 7;

    /// Nights from which the monthly discount applies.
    pub const MONTHLY_NIGHTS: u32 = 28;

    /// The length-of-stay tiers, weekly and monthly ones included, in the order of their nights: of
    /// several tiers of one length the largest. Tiers of 0 basis points are left out.
    #[must_use]
    pub fn length_of_stay_tiers(&self) -> Vec<NightsDiscount> {
        let tier = |nights, discount_bps| NightsDiscount {
            nights,
            discount_bps,
        };
        let mut tiers = self.length_of_stay_discounts.clone();
        tiers.push(tier(Self::WEEKLY_NIGHTS, self.weekly_discount_bps));
        tiers.push(tier(Self::MONTHLY_NIGHTS, self.monthly_discount_bps));
        tiers.retain(|tier| tier.discount_bps > BasisPoints::ZERO);
        tiers.sort_by_key(|tier| (tier.nights, Reverse(tier.discount_bps)));
        tiers.dedup_by_key(|tier| tier.nights);
        tiers
    }

    /// The largest share of the nights that the discounts of any stay take at the standard rate: of
    /// its length, and of one of early bird and last minute.
    #[must_use]
    pub fn max_discount_bps(&self) -> u32 {
        let whole = BasisPoints::WHOLE.get();
        let of_length = [self.weekly_discount_bps, self.monthly_discount_bps]
            .into_iter()
            .chain(
                self.length_of_stay_discounts
                    .iter()
                    .map(|tier| tier.discount_bps),
            )
            .map(BasisPoints::get);
        let of_lead = [self.early_bird, self.last_minute]
            .into_iter()
            .flatten()
            .map(|rule| rule.discount_bps.get());
        let left = |discounts: Option<u32>| u64::from(whole - discounts.unwrap_or(0).min(whole));
        let left = left(of_length.max()) * left(of_lead.max()) / u64::from(whole);
        whole - u32::try_from(left).unwrap_or(0)
    }

    /// Pricing with a nightly price only.
    #[must_use]
    pub const fn nightly(nightly: Money) -> Self {
        Self {
            nightly,
            weekend: None,
            cleaning_fee: None,
            extra_guest_fee: None,
            pet_fee: None,
            weekly_discount_bps: BasisPoints::ZERO,
            monthly_discount_bps: BasisPoints::ZERO,
            length_of_stay_discounts: Vec::new(),
            early_bird: None,
            last_minute: None,
            non_refundable_discount_bps: None,
            taxes: Vec::new(),
        }
    }

    /// The currency of all its amounts.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.nightly.currency()
    }
}
