//! Changes of prices: what is absent stays unchanged, null clears it, objects merge, and lists are replaced.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::input;
use sojourn_domain::property::{DayDiscount, ExtraGuestFee, Pricing};
use sojourn_domain::shared::{BasisPoints, Money, Violations};

use super::patch;
use super::pricing::{NightsDiscountInput, TaxInput, parse_taxes, parse_tiers};
use crate::scalars::MoneyInput;

/// Changes of the prices of a property: absent fields stay unchanged, null clears a field, given objects are merged
/// into the stored ones, and given lists replace them. Amounts are given whole.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "PricingChangesInput")]
pub(crate) struct PricingChanges {
    /// Price of a night without a more specific price.
    nightly: MaybeUndefined<MoneyInput>,
    /// Price of a Friday or Saturday night.
    weekend: MaybeUndefined<MoneyInput>,
    /// Cleaning fee per stay.
    cleaning_fee: MaybeUndefined<MoneyInput>,
    /// Fee per night for each adult or child beyond the included number.
    extra_guest_fee: MaybeUndefined<ExtraGuestFeeChanges>,
    /// Fee per stay with pets.
    pet_fee: MaybeUndefined<MoneyInput>,
    /// Discount for stays of 7 nights or more.
    weekly_discount_bps: MaybeUndefined<u32>,
    /// Discount for stays of 28 nights or more.
    monthly_discount_bps: MaybeUndefined<u32>,
    /// Discount tiers by length of stay, at most 20; the longest matching tier applies.
    length_of_stay_discounts: MaybeUndefined<Vec<NightsDiscountInput>>,
    /// Discount for bookings at least a number of days (up to 730) before check-in.
    early_bird: MaybeUndefined<DayDiscountChanges>,
    /// Discount for bookings at most a number of days (up to 28) before check-in.
    last_minute: MaybeUndefined<DayDiscountChanges>,
    /// Discount of the non-refundable rate plan; the rate plan is offered only if it is given.
    non_refundable_discount_bps: MaybeUndefined<u32>,
    /// Taxes, each a separate price line, at most 20.
    taxes: MaybeUndefined<Vec<TaxInput>>,
}

/// Changes of the fee for further guests. Both fields are required if there was no fee.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "ExtraGuestFeeChangesInput")]
pub(crate) struct ExtraGuestFeeChanges {
    /// Number of guests included.
    after: Option<u32>,
    /// Fee for each further guest and night.
    per_night: Option<MoneyInput>,
}

/// Changes of a discount by the time of the booking. Both fields are required if there was no discount.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "DayDiscountChangesInput")]
pub(crate) struct DayDiscountChanges {
    /// Number of days.
    days_ahead: Option<u32>,
    /// Discount in basis points.
    discount_bps: Option<u32>,
}

/// A value; adds a violation if there is neither a new nor a stored one.
fn required<T>(value: Option<T>, pointer: &str, found: &mut Violations) -> Option<T> {
    found.require(value.is_some(), pointer, "required", "is required");
    value
}

impl PricingChanges {
    /// The prices with the changes applied; adds a violation for each value that cannot be read or is missing.
    pub(super) fn apply(self, stored: Option<Pricing>, found: &mut Violations) -> Option<Pricing> {
        let nightly = match &self.nightly {
            MaybeUndefined::Value(nightly) => nightly.parse("/pricing/nightly", found),
            MaybeUndefined::Undefined if stored.is_some() => stored.as_ref().map(|it| it.nightly),
            MaybeUndefined::Undefined | MaybeUndefined::Null => {
                required(None, "/pricing/nightly", found)
            }
        };
        let mut pricing = stored.or_else(|| Some(Pricing::nightly(nightly?)))?;
        self.apply_discounts(&mut pricing, found);
        self.apply_amounts(&mut pricing, found);
        pricing.nightly = nightly?;
        Some(pricing)
    }

    fn apply_amounts(self, pricing: &mut Pricing, found: &mut Violations) {
        let extra = pricing.extra_guest_fee;
        let fee = patch(self.extra_guest_fee, |fee| fee.apply(extra, found));
        pricing.extra_guest_fee = fee.apply_to(extra);
        if let Some(taxes) = replaced(self.taxes) {
            pricing.taxes = parse_taxes(&taxes, found);
        }
        let mut amount = |name: &str, change: MaybeUndefined<MoneyInput>, stored: Option<Money>| {
            let pointer = format!("/pricing/{name}");
            patch(change, |amount| amount.parse(&pointer, found)).apply_to(stored)
        };
        pricing.weekend = amount("weekend", self.weekend, pricing.weekend);
        pricing.cleaning_fee = amount("cleaning_fee", self.cleaning_fee, pricing.cleaning_fee);
        pricing.pet_fee = amount("pet_fee", self.pet_fee, pricing.pet_fee);
    }

    fn apply_discounts(&self, pricing: &mut Pricing, found: &mut Violations) {
        let mut share = |name: &str, change: MaybeUndefined<u32>, stored: Option<BasisPoints>| {
            let pointer = format!("/pricing/{name}");
            patch(change, |bps| {
                Some(input::basis_points(bps, &pointer, found))
            })
            .apply_to(stored)
        };
        let (weekly, monthly) = (pricing.weekly_discount_bps, pricing.monthly_discount_bps);
        let weekly = share(
            "weekly_discount_bps",
            self.weekly_discount_bps,
            Some(weekly),
        );
        pricing.weekly_discount_bps = weekly.unwrap_or_default();
        let monthly = share(
            "monthly_discount_bps",
            self.monthly_discount_bps,
            Some(monthly),
        );
        pricing.monthly_discount_bps = monthly.unwrap_or_default();
        let stored = pricing.non_refundable_discount_bps;
        let name = "non_refundable_discount_bps";
        pricing.non_refundable_discount_bps = share(name, self.non_refundable_discount_bps, stored);
        let mut day = |name: &str, change: &MaybeUndefined<DayDiscountChanges>, stored| {
            let change = patch(change.clone(), |it| it.apply(name, stored, found));
            change.apply_to(stored)
        };
        pricing.early_bird = day("early_bird", &self.early_bird, pricing.early_bird);
        pricing.last_minute = day("last_minute", &self.last_minute, pricing.last_minute);
        if let Some(tiers) = replaced(self.length_of_stay_discounts.clone()) {
            pricing.length_of_stay_discounts = parse_tiers(&tiers, found);
        }
    }
}

/// The list that replaces the stored one, an empty one for null; `None` if it stays.
fn replaced<T>(change: MaybeUndefined<Vec<T>>) -> Option<Vec<T>> {
    match change {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(Vec::new()),
        MaybeUndefined::Value(list) => Some(list),
    }
}

impl ExtraGuestFeeChanges {
    fn apply(
        &self,
        stored: Option<ExtraGuestFee>,
        found: &mut Violations,
    ) -> Option<ExtraGuestFee> {
        let pointer = "/pricing/extra_guest_fee";
        let after = self.after.or(stored.map(|it| it.after));
        let after = required(after, &format!("{pointer}/after"), found);
        let pointer = format!("{pointer}/per_night");
        let per_night = match &self.per_night {
            Some(amount) => amount.parse(&pointer, found),
            None => required(stored.map(|it| it.per_night), &pointer, found),
        };
        Some(ExtraGuestFee {
            after: after?,
            per_night: per_night?,
        })
    }
}

impl DayDiscountChanges {
    fn apply(
        &self,
        name: &str,
        stored: Option<DayDiscount>,
        found: &mut Violations,
    ) -> Option<DayDiscount> {
        let days = self.days_ahead.or(stored.map(|it| it.days_ahead));
        let days = required(days, &format!("/pricing/{name}/days_ahead"), found);
        let pointer = format!("/pricing/{name}/discount_bps");
        let discount = match self.discount_bps {
            Some(bps) => Some(input::basis_points(bps, &pointer, found)),
            None => required(stored.map(|it| it.discount_bps), &pointer, found),
        };
        Some(DayDiscount {
            days_ahead: days?,
            discount_bps: discount?,
        })
    }
}
