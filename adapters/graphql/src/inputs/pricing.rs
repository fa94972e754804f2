//! Prices of properties.

use async_graphql::InputObject;
use sojourn_application::input;
use sojourn_domain::property::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing, Tax, TaxRate};
use sojourn_domain::shared::{Money, Violations};

use crate::scalars::{MoneyInput, TaxKind};

/// Prices of a property. All amounts are in one currency; discounts are in basis points, 0 to 10000.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct PricingInput {
    /// Price of a night without a more specific price.
    nightly: MoneyInput,
    /// Price of a Friday or Saturday night.
    weekend: Option<MoneyInput>,
    /// Cleaning fee per stay.
    cleaning_fee: Option<MoneyInput>,
    /// Fee per night for each adult or child beyond the included number.
    extra_guest_fee: Option<ExtraGuestFeeInput>,
    /// Fee per stay with pets.
    pet_fee: Option<MoneyInput>,
    /// Discount for stays of 7 nights or more.
    #[graphql(default)]
    weekly_discount_bps: u32,
    /// Discount for stays of 28 nights or more.
    #[graphql(default)]
    monthly_discount_bps: u32,
    /// Discount tiers by length of stay, at most 20; the longest matching tier applies.
    #[graphql(default)]
    length_of_stay_discounts: Vec<NightsDiscountInput>,
    /// Discount for bookings at least a number of days (up to 730) before check-in.
    early_bird: Option<DayDiscountInput>,
    /// Discount for bookings at most a number of days (up to 28) before check-in.
    last_minute: Option<DayDiscountInput>,
    /// Discount of the non-refundable rate plan; the rate plan is offered only if it is given.
    non_refundable_discount_bps: Option<u32>,
    /// Taxes, each a separate price line, at most 20.
    #[graphql(default)]
    taxes: Vec<TaxInput>,
}

/// Fee for each adult or child beyond the included number.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct ExtraGuestFeeInput {
    /// Number of guests included.
    after: u32,
    /// Fee for each further guest and night.
    per_night: MoneyInput,
}

/// Discount for stays of a number of nights or more.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct NightsDiscountInput {
    /// Minimum number of nights, 2 to 731.
    nights: u32,
    /// Discount in basis points.
    discount_bps: u32,
}

/// Discount by the number of days between booking and check-in.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct DayDiscountInput {
    /// Number of days.
    days_ahead: u32,
    /// Discount in basis points.
    discount_bps: u32,
}

/// A tax that the host must collect: kind `PERCENT` requires `bps`, the others require `amount`.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct TaxInput {
    /// Legal name of the tax.
    name: String,
    /// Basis of calculation.
    kind: TaxKind,
    /// Rate of a percentage, in basis points.
    bps: Option<u32>,
    /// Amount of any other tax.
    amount: Option<MoneyInput>,
    /// Minimum length of stays that are exempt, in nights.
    exempt_from_nights: Option<u32>,
}

/// The tiers of a discount; adds a violation for each value that cannot be read.
pub(super) fn parse_tiers(
    tiers: &[NightsDiscountInput],
    found: &mut Violations,
) -> Vec<NightsDiscount> {
    let tiers = tiers.iter().enumerate().map(|(index, tier)| {
        let pointer = format!("/pricing/length_of_stay_discounts/{index}/discount_bps");
        NightsDiscount {
            nights: tier.nights,
            discount_bps: input::basis_points(tier.discount_bps, &pointer, found),
        }
    });
    tiers.collect()
}

/// The taxes; adds a violation for each value that cannot be read.
pub(super) fn parse_taxes(taxes: &[TaxInput], found: &mut Violations) -> Vec<Tax> {
    let taxes = taxes.iter().enumerate();
    let taxes = taxes.filter_map(|(index, tax)| tax.parse(index, found));
    taxes.collect()
}

impl PricingInput {
    /// The prices; adds a violation for each value that cannot be read.
    pub(super) fn parse(&self, found: &mut Violations) -> Option<Pricing> {
        let nightly = self.nightly.parse("/pricing/nightly", found);
        let mut amount = |name: &str, amount: &Option<MoneyInput>| -> Option<Money> {
            amount.as_ref()?.parse(&format!("/pricing/{name}"), found)
        };
        let weekend = amount("weekend", &self.weekend);
        let cleaning_fee = amount("cleaning_fee", &self.cleaning_fee);
        let pet_fee = amount("pet_fee", &self.pet_fee);
        let extra_guest_fee = self.extra_guest_fee.as_ref().and_then(|fee| {
            let pointer = "/pricing/extra_guest_fee/per_night";
            Some(ExtraGuestFee {
                after: fee.after,
                per_night: fee.per_night.parse(pointer, found)?,
            })
        });
        let length_of_stay_discounts = parse_tiers(&self.length_of_stay_discounts, found);
        let taxes = parse_taxes(&self.taxes, found);
        let mut bps =
            |name: &str, bps| input::basis_points(bps, &format!("/pricing/{name}"), found);
        Some(Pricing {
            weekend,
            cleaning_fee,
            extra_guest_fee,
            pet_fee,
            weekly_discount_bps: bps("weekly_discount_bps", self.weekly_discount_bps),
            monthly_discount_bps: bps("monthly_discount_bps", self.monthly_discount_bps),
            length_of_stay_discounts,
            non_refundable_discount_bps: self
                .non_refundable_discount_bps
                .map(|share| bps("non_refundable_discount_bps", share)),
            early_bird: self
                .early_bird
                .as_ref()
                .map(|it| it.parse("early_bird", found)),
            last_minute: self
                .last_minute
                .as_ref()
                .map(|it| it.parse("last_minute", found)),
            taxes,
            nightly: nightly?,
        })
    }
}

impl DayDiscountInput {
    fn parse(&self, name: &str, found: &mut Violations) -> DayDiscount {
        let pointer = format!("/pricing/{name}/discount_bps");
        DayDiscount {
            days_ahead: self.days_ahead,
            discount_bps: input::basis_points(self.discount_bps, &pointer, found),
        }
    }
}

impl TaxInput {
    fn parse(&self, index: usize, found: &mut Violations) -> Option<Tax> {
        let pointer = format!("/pricing/taxes/{index}");
        let is_percent = self.kind == TaxKind::Percent;
        let given = [self.bps.is_some(), self.amount.is_some()];
        let rate = |found: &mut Violations| {
            let bps = self
                .bps
                .map(|bps| input::basis_points(bps, &format!("{pointer}/bps"), found));
            let amount = self
                .amount
                .as_ref()
                .and_then(|amount| amount.parse(&format!("{pointer}/amount"), found));
            Some(match self.kind {
                TaxKind::Percent => TaxRate::Percent { bps: bps? },
                TaxKind::PerNight => TaxRate::PerNight { amount: amount? },
                TaxKind::PerGuestNight => TaxRate::PerGuestNight { amount: amount? },
            })
        };
        Some(Tax {
            name: self.name.clone(),
            rate: input::tax_rate(rate, is_percent, given, &pointer, found)?,
            exempt_from_nights: self.exempt_from_nights,
        })
    }
}
