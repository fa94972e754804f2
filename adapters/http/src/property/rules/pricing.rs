//! Prices of properties as JSON.

use serde::{Deserialize, Serialize};
use sojourn_application::input;
use sojourn_domain::property::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing};
use sojourn_domain::shared::{BasisPoints, Money, Violations};
use utoipa::ToSchema;

use super::tax::TaxDto;
use crate::wire::money::MoneyDto;

/// Prices of a property. All amounts are in one currency.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Pricing)]
pub struct PricingDto {
    /// Price of a night without a more specific price.
    pub nightly: MoneyDto,
    /// Price of a Friday or Saturday night.
    pub weekend: Option<MoneyDto>,
    /// Cleaning fee per stay.
    pub cleaning_fee: Option<MoneyDto>,
    /// Fee per night for each adult or child beyond the included number.
    pub extra_guest_fee: Option<ExtraGuestFeeDto>,
    /// Fee per stay with pets.
    pub pet_fee: Option<MoneyDto>,
    /// Discount for stays of 7 nights or more, in basis points.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    pub weekly_discount_bps: u32,
    /// Discount for stays of 28 nights or more, in basis points.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    pub monthly_discount_bps: u32,
    /// Discount tiers by length of stay; the longest matching tier applies.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub length_of_stay_discounts: Vec<NightsDiscountDto>,
    /// Discount for bookings at least a number of days (up to 730) before check-in.
    pub early_bird: Option<DayDiscountDto>,
    /// Discount for bookings at most a number of days (up to 28) before check-in.
    pub last_minute: Option<DayDiscountDto>,
    /// Discount of the non-refundable rate plan, in basis points; the rate plan is offered only when present.
    #[schema(minimum = 0, maximum = 10000)]
    pub non_refundable_discount_bps: Option<u32>,
    /// Taxes, each a separate price line.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub taxes: Vec<TaxDto>,
}

/// Fee for each adult or child beyond the included number.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExtraGuestFee)]
pub struct ExtraGuestFeeDto {
    /// Included number of adults and children.
    #[schema(minimum = 1, maximum = 50)]
    pub after: u32,
    /// Fee per additional guest and night.
    pub per_night: MoneyDto,
}

/// A discount for long stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LengthOfStayDiscount)]
pub struct NightsDiscountDto {
    /// Minimum length of the stay, in nights.
    #[schema(minimum = 2, maximum = 731)]
    pub nights: u32,
    /// Discount in basis points.
    #[schema(minimum = 0, maximum = 10000)]
    pub discount_bps: u32,
}

/// A discount by the number of days between booking and check-in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DayDiscount)]
pub struct DayDiscountDto {
    /// Number of days between booking and check-in.
    #[schema(minimum = 1, maximum = 730)]
    pub days_ahead: u32,
    /// Discount in basis points.
    #[schema(minimum = 0, maximum = 10000)]
    pub discount_bps: u32,
}

impl From<&Pricing> for PricingDto {
    fn from(pricing: &Pricing) -> Self {
        let day = |rule: DayDiscount| DayDiscountDto {
            days_ahead: rule.days_ahead,
            discount_bps: rule.discount_bps.get(),
        };
        let tiers = pricing.length_of_stay_discounts.iter();
        Self {
            nightly: pricing.nightly.into(),
            weekend: pricing.weekend.map(Into::into),
            cleaning_fee: pricing.cleaning_fee.map(Into::into),
            extra_guest_fee: pricing.extra_guest_fee.map(|fee| ExtraGuestFeeDto {
                after: fee.after,
                per_night: fee.per_night.into(),
            }),
            pet_fee: pricing.pet_fee.map(Into::into),
            weekly_discount_bps: pricing.weekly_discount_bps.get(),
            monthly_discount_bps: pricing.monthly_discount_bps.get(),
            length_of_stay_discounts: tiers
                .map(|tier| NightsDiscountDto {
                    nights: tier.nights,
                    discount_bps: tier.discount_bps.get(),
                })
                .collect(),
            early_bird: pricing.early_bird.map(day),
            last_minute: pricing.last_minute.map(day),
            non_refundable_discount_bps: pricing.non_refundable_discount_bps.map(BasisPoints::get),
            taxes: pricing.taxes.iter().map(Into::into).collect(),
        }
    }
}

impl PricingDto {
    /// The prices; adds a violation for each value that cannot be read.
    pub fn parse(&self, found: &mut Violations) -> Option<Pricing> {
        let nightly = self.nightly.parse("/pricing/nightly", found);
        let mut amount = |name: &str, amount: &Option<MoneyDto>| -> Option<Money> {
            amount.as_ref()?.parse(&format!("/pricing/{name}"), found)
        };
        let weekend = amount("weekend", &self.weekend);
        let cleaning_fee = amount("cleaning_fee", &self.cleaning_fee);
        let pet_fee = amount("pet_fee", &self.pet_fee);
        let extra_guest_fee = self.extra_guest_fee.as_ref().and_then(|fee| {
            let per_night = fee
                .per_night
                .parse("/pricing/extra_guest_fee/per_night", found)?;
            Some(ExtraGuestFee {
                after: fee.after,
                per_night,
            })
        });
        let taxes = self
            .taxes
            .iter()
            .enumerate()
            .filter_map(|(index, tax)| tax.parse(index, found))
            .collect();
        Some(Pricing {
            weekend,
            cleaning_fee,
            extra_guest_fee,
            pet_fee,
            weekly_discount_bps: parse_basis_points(
                found,
                "/pricing/weekly_discount_bps",
                self.weekly_discount_bps,
            ),
            monthly_discount_bps: parse_basis_points(
                found,
                "/pricing/monthly_discount_bps",
                self.monthly_discount_bps,
            ),
            length_of_stay_discounts: self.tiers(found),
            early_bird: self
                .early_bird
                .as_ref()
                .map(|rule| rule.parse("early_bird", found)),
            last_minute: self
                .last_minute
                .as_ref()
                .map(|rule| rule.parse("last_minute", found)),
            non_refundable_discount_bps: self
                .non_refundable_discount_bps
                .map(|bps| parse_basis_points(found, "/pricing/non_refundable_discount_bps", bps)),
            taxes,
            nightly: nightly?,
        })
    }

    fn tiers(&self, found: &mut Violations) -> Vec<NightsDiscount> {
        let tiers = self
            .length_of_stay_discounts
            .iter()
            .enumerate()
            .map(|(index, tier)| {
                let pointer = format!("/pricing/length_of_stay_discounts/{index}/discount_bps");
                NightsDiscount {
                    nights: tier.nights,
                    discount_bps: parse_basis_points(found, &pointer, tier.discount_bps),
                }
            });
        tiers.collect()
    }
}

impl DayDiscountDto {
    fn parse(&self, name: &str, found: &mut Violations) -> DayDiscount {
        let pointer = format!("/pricing/{name}/discount_bps");
        DayDiscount {
            days_ahead: self.days_ahead,
            discount_bps: parse_basis_points(found, &pointer, self.discount_bps),
        }
    }
}

/// A share in basis points; adds a violation if it is out of range.
pub fn parse_basis_points(found: &mut Violations, pointer: &str, bps: u32) -> BasisPoints {
    input::basis_points(bps, pointer, found)
}
