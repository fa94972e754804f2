//! Fees and taxes.

use crate::booking::pricing::draft::{Draft, PriceTrace, pluralize, share_of};
use crate::booking::pricing::price::LineKind;
use crate::property::pricing::{ExtraGuestFee, Pricing, Tax};
use crate::property::tax_rate::TaxRate;
use crate::shared::guests::Guests;
use crate::shared::money::{Money, MoneyError};

impl<W: PriceTrace> Draft<'_, W> {
    /// Adds cleaning, extra guests and pets, in this order.
    pub(super) fn fees(
        &mut self,
        pricing: &Pricing,
        nights: u32,
        guests: Guests,
    ) -> Result<(), MoneyError> {
        if let Some(fee) = pricing.cleaning_fee {
            self.cleaning(fee)?;
        }
        if let Some(fee) = pricing.extra_guest_fee {
            self.extra_guests(fee, nights, guests.total_counted())?;
        }
        if let Some(fee) = pricing.pet_fee {
            self.pets(fee, guests.pets())?;
        }
        Ok(())
    }

    fn cleaning(&mut self, fee: Money) -> Result<(), MoneyError> {
        if fee.is_zero() {
            self.skip_rule("cleaning_fee", zero_fee_reason);
            return Ok(());
        }
        self.push(
            LineKind::CleaningFee,
            "Cleaning fee",
            (1, fee),
            "cleaning_fee",
            || "per stay".to_owned(),
        )
    }

    fn extra_guests(
        &mut self,
        fee: ExtraGuestFee,
        nights: u32,
        guests: u32,
    ) -> Result<(), MoneyError> {
        const RULE: &str = "extra_guest_fee";
        let extra = guests.saturating_sub(fee.after);
        let reason = || format!("{}, {} included", pluralize(guests, "guest"), fee.after);
        if fee.per_night.is_zero() {
            self.skip_rule(RULE, zero_fee_reason);
        } else if extra == 0 {
            self.skip_rule(RULE, reason);
        } else {
            let units = (extra * nights, fee.per_night);
            let reason = || format!("{}, {}", reason(), pluralize(nights, "night"));
            self.push(
                LineKind::ExtraGuestFee,
                "Extra guests, per night",
                units,
                RULE,
                reason,
            )?;
        }
        Ok(())
    }

    fn pets(&mut self, fee: Money, pets: u32) -> Result<(), MoneyError> {
        if fee.is_zero() {
            self.skip_rule("pet_fee", zero_fee_reason);
        } else if pets == 0 {
            self.skip_rule("pet_fee", || "no pets".to_owned());
        } else {
            self.push(LineKind::PetFee, "Pet fee", (1, fee), "pet_fee", || {
                pluralize(pets, "pet")
            })?;
        }
        Ok(())
    }

    /// Adds a tax; a percentage applies to the lines above the service fee.
    pub(super) fn tax(
        &mut self,
        tax: &Tax,
        base: Money,
        nights: u32,
        guests: Guests,
    ) -> Result<(), MoneyError> {
        let (rule, units) = match tax.rate {
            TaxRate::Percent { bps } => ("tax.percent", (1, base.checked_percent(bps)?)),
            TaxRate::PerNight { amount } => ("tax.per_night", (nights, amount)),
            TaxRate::PerGuestNight { amount } => (
                "tax.per_guest_night",
                (nights * guests.total_counted(), amount),
            ),
        };
        if let Some(least) = tax.exempt_from_nights.filter(|&least| nights >= least) {
            let reason = || {
                format!(
                    "{}: {}, exempt from {least} on",
                    tax.name,
                    pluralize(nights, "night")
                )
            };
            self.skip_rule(rule, reason);
            return Ok(());
        }
        let reason = || match tax.rate {
            TaxRate::Percent { bps } => format!("{}: {}", tax.name, share_of(bps, base)),
            TaxRate::PerNight { .. } => format!("{}: {}", tax.name, pluralize(nights, "night")),
            TaxRate::PerGuestNight { .. } => {
                format!(
                    "{}: {}, {}",
                    tax.name,
                    pluralize(guests.total_counted(), "guest"),
                    pluralize(nights, "night")
                )
            }
        };
        self.push(LineKind::Tax, tax.name.clone(), units, rule, reason)
    }
}

fn zero_fee_reason() -> String {
    "the fee is 0".to_owned()
}
