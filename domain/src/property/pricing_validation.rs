//! Validation of a host's prices.

use std::collections::BTreeSet;

use crate::property::pricing::Pricing;
use crate::property::tax_rate::TaxRate;
use crate::shared::invalid_record::InvalidRecord;
use crate::shared::money::Money;
use crate::shared::stay::Stay;
use crate::shared::violations::Violations;

/// Highest single amount in minor units. With it, the longest stay of the largest group with every
/// fee and tax at its maximum fits in 64 bits.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

impl Pricing {
    /// Collects all violations. The prices of nights are above 0, in drafts too; fees and taxes may
    /// be 0.
    pub(super) fn collect_violations(&self, found: &mut Violations) {
        self.check_amount(found, "/pricing/nightly", self.nightly, 1);
        if let Some(weekend) = self.weekend {
            self.check_amount(found, "/pricing/weekend", weekend, 1);
        }
        for (name, fee) in [
            ("cleaning_fee", self.cleaning_fee),
            ("pet_fee", self.pet_fee),
        ] {
            if let Some(fee) = fee {
                self.check_amount(found, &format!("/pricing/{name}"), fee, 0);
            }
        }
        if let Some(fee) = self.extra_guest_fee {
            found.require(
                (1..=50).contains(&fee.after),
                "/pricing/extra_guest_fee/after",
                "out_of_range",
                "1 to 50 guests",
            );
            self.check_amount(
                found,
                "/pricing/extra_guest_fee/per_night",
                fee.per_night,
                0,
            );
        }
        self.check_tiers(found);
        if let Some(rule) = self.early_bird {
            let ok = (1..=730).contains(&rule.days_ahead);
            found.require(
                ok,
                "/pricing/early_bird/days_ahead",
                "out_of_range",
                "1 to 730 days",
            );
        }
        if let Some(rule) = self.last_minute {
            let ok = (1..=28).contains(&rule.days_ahead);
            found.require(
                ok,
                "/pricing/last_minute/days_ahead",
                "out_of_range",
                "1 to 28 days",
            );
        }
        self.check_taxes(found);
    }

    /// Checks that stored amounts have one currency, and that none is negative.
    pub(super) fn check_stored(&self) -> Result<(), InvalidRecord> {
        let taxes = self.taxes.iter().filter_map(|tax| match tax.rate {
            TaxRate::PerNight { amount } | TaxRate::PerGuestNight { amount } => Some(amount),
            TaxRate::Percent { .. } => None,
        });
        let fees = [self.weekend, self.cleaning_fee, self.pet_fee];
        let extra = self.extra_guest_fee.map(|fee| fee.per_night);
        let amounts = fees.into_iter().flatten().chain(extra).chain(taxes);
        let currency = self.currency();
        for amount in amounts.chain([self.nightly]) {
            if amount.amount() < 0 || amount.currency() != currency {
                let rule = format!("amounts are not negative, and in {currency}");
                return Err(InvalidRecord::new("details.pricing", amount, rule));
            }
        }
        Ok(())
    }

    fn check_tiers(&self, found: &mut Violations) {
        let tiers = &self.length_of_stay_discounts;
        if !found.count("/pricing/length_of_stay_discounts", tiers.len(), 20) {
            return;
        }
        let mut known = BTreeSet::new();
        for (index, tier) in tiers.iter().enumerate() {
            let pointer = format!("/pricing/length_of_stay_discounts/{index}/nights");
            found.require(
                (2..=Stay::LONGEST).contains(&tier.nights),
                &pointer,
                "out_of_range",
                "2 to 731 nights",
            );
            let new = known.insert(tier.nights);
            found.require(
                new,
                &pointer,
                "duplicate",
                "another tier has the same number of nights",
            );
        }
    }

    fn check_taxes(&self, found: &mut Violations) {
        if !found.count("/pricing/taxes", self.taxes.len(), 20) {
            return;
        }
        for (index, tax) in self.taxes.iter().enumerate() {
            found.line(&format!("/pricing/taxes/{index}/name"), &tax.name, 100);
            if let TaxRate::PerNight { amount } | TaxRate::PerGuestNight { amount } = tax.rate {
                self.check_amount(found, &format!("/pricing/taxes/{index}/amount"), amount, 0);
            }
            if let Some(nights) = tax.exempt_from_nights {
                let pointer = format!("/pricing/taxes/{index}/exempt_from_nights");
                found.require(
                    (1..=Stay::LONGEST).contains(&nights),
                    &pointer,
                    "out_of_range",
                    "1 to 731 nights",
                );
            }
        }
    }

    fn check_amount(&self, found: &mut Violations, pointer: &str, amount: Money, least: i64) {
        let in_range = (least..=MAX_AMOUNT).contains(&amount.amount());
        found.require(
            in_range,
            pointer,
            "out_of_range",
            &format!("{least} to {MAX_AMOUNT} minor units"),
        );
        let same = amount.currency() == self.currency();
        found.require(
            same,
            pointer,
            "currency_mismatch",
            "must be in the currency of the nightly price",
        );
    }
}
