//! Prices of properties.

use async_graphql::SimpleObject;
use sojourn_domain::property;
use sojourn_domain::shared::BasisPoints;

use crate::scalars::{Money, TaxKind};

/// Prices of a property. All amounts are in one currency; discounts are in basis points.
#[derive(SimpleObject)]
pub(crate) struct Pricing {
    /// Price of a night without a more specific price.
    nightly: Money,
    /// Price of a Friday or Saturday night.
    weekend: Option<Money>,
    /// Cleaning fee per stay.
    cleaning_fee: Option<Money>,
    /// Fee per night for each adult or child beyond the included number.
    extra_guest_fee: Option<ExtraGuestFee>,
    /// Fee per stay with pets.
    pet_fee: Option<Money>,
    /// Discount for stays of 7 nights or more.
    weekly_discount_bps: u32,
    /// Discount for stays of 28 nights or more.
    monthly_discount_bps: u32,
    /// Discount tiers by length of stay; the longest matching tier applies.
    length_of_stay_discounts: Vec<NightsDiscount>,
    /// Discount for bookings at least a number of days before check-in.
    early_bird: Option<DayDiscount>,
    /// Discount for bookings at most a number of days before check-in.
    last_minute: Option<DayDiscount>,
    /// Discount of the non-refundable rate plan; the rate plan is offered only if it is not null.
    non_refundable_discount_bps: Option<u32>,
    /// Taxes, each a separate price line.
    taxes: Vec<Tax>,
}

/// Fee for each adult or child beyond the included number.
#[derive(SimpleObject)]
pub(crate) struct ExtraGuestFee {
    /// Number of guests included.
    after: u32,
    /// Fee for each further guest and night.
    per_night: Money,
}

/// Discount for stays of a number of nights or more.
#[derive(SimpleObject)]
pub(crate) struct NightsDiscount {
    /// Minimum number of nights.
    nights: u32,
    /// Discount in basis points.
    discount_bps: u32,
}

/// Discount by the number of days between booking and check-in.
#[derive(SimpleObject)]
pub(crate) struct DayDiscount {
    /// Number of days.
    days_ahead: u32,
    /// Discount in basis points.
    discount_bps: u32,
}

/// A tax that the host must collect.
#[derive(SimpleObject)]
pub(crate) struct Tax {
    /// Legal name of the tax.
    name: String,
    /// Basis of calculation.
    kind: TaxKind,
    /// Rate of a percentage, in basis points.
    bps: Option<u32>,
    /// Amount of any other tax.
    amount: Option<Money>,
    /// Minimum length of stays that are exempt, in nights.
    exempt_from_nights: Option<u32>,
}

impl From<&property::Pricing> for Pricing {
    fn from(pricing: &property::Pricing) -> Self {
        let tiers = pricing.length_of_stay_discounts.iter();
        Self {
            nightly: pricing.nightly.into(),
            weekend: pricing.weekend.map(Into::into),
            cleaning_fee: pricing.cleaning_fee.map(Into::into),
            extra_guest_fee: pricing.extra_guest_fee.map(|fee| ExtraGuestFee {
                after: fee.after,
                per_night: fee.per_night.into(),
            }),
            pet_fee: pricing.pet_fee.map(Into::into),
            weekly_discount_bps: pricing.weekly_discount_bps.get(),
            monthly_discount_bps: pricing.monthly_discount_bps.get(),
            length_of_stay_discounts: tiers
                .map(|tier| NightsDiscount {
                    nights: tier.nights,
                    discount_bps: tier.discount_bps.get(),
                })
                .collect(),
            early_bird: pricing.early_bird.map(Into::into),
            last_minute: pricing.last_minute.map(Into::into),
            non_refundable_discount_bps: pricing.non_refundable_discount_bps.map(BasisPoints::get),
            taxes: pricing.taxes.iter().map(Into::into).collect(),
        }
    }
}

impl From<property::DayDiscount> for DayDiscount {
    fn from(discount: property::DayDiscount) -> Self {
        Self {
            days_ahead: discount.days_ahead,
            discount_bps: discount.discount_bps.get(),
        }
    }
}

impl From<&property::Tax> for Tax {
    fn from(tax: &property::Tax) -> Self {
        let (kind, bps, amount) = match tax.rate {
            property::TaxRate::Percent { bps } => (TaxKind::Percent, Some(bps.get()), None),
            property::TaxRate::PerNight { amount } => (TaxKind::PerNight, None, Some(amount)),
            property::TaxRate::PerGuestNight { amount } => {
                (TaxKind::PerGuestNight, None, Some(amount))
            }
        };
        Self {
            name: tax.name.clone(),
            kind,
            bps,
            amount: amount.map(Into::into),
            exempt_from_nights: tax.exempt_from_nights,
        }
    }
}
