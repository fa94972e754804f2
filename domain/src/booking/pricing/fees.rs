//! Fees and taxes.

use super::super::LineKind;
use super::draft::{Draft, Witness, count, share_of};
use crate::property::{ExtraGuestFee, Pricing, Tax, TaxRate};
use crate::shared::{Guests, Money, MoneyError};

impl<W: Witness> Draft<'_, W> {
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
            self.extra_guests(fee, nights, guests.counted())?;
        }
        if let Some(fee) = pricing.pet_fee {
            self.pets(fee, guests.pets())?;
        }
        Ok(())
    }

    fn cleaning(&mut self, fee: Money) -> Result<(), MoneyError> {
        if fee.is_zero() {
            self.pass_over("cleaning_fee", free);
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
        let because = || format!("{}, {} included", count(guests, "guest"), fee.after);
        if fee.per_night.is_zero() {
            self.pass_over(RULE, free);
        } else if extra == 0 {
            self.pass_over(RULE, because);
        } else {
            let units = (extra * nights, fee.per_night);
            let because = || format!("{}, {}", because(), count(nights, "night"));
            self.push(
                LineKind::ExtraGuestFee,
                "Extra guests, per night",
                units,
                RULE,
                because,
            )?;
        }
        Ok(())
    }

    fn pets(&mut self, fee: Money, pets: u32) -> Result<(), MoneyError> {
        if fee.is_zero() {
            self.pass_over("pet_fee", free);
        } else if pets == 0 {
            self.pass_over("pet_fee", || "no pets".to_owned());
        } else {
            self.push(LineKind::PetFee, "Pet fee", (1, fee), "pet_fee", || {
                count(pets, "pet")
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
            TaxRate::Percent { bps } => ("tax.percent", (1, base.percent(bps)?)),
            TaxRate::PerNight { amount } => ("tax.per_night", (nights, amount)),
            TaxRate::PerGuestNight { amount } => {
                ("tax.per_guest_night", (nights * guests.counted(), amount))
            }
        };
        if let Some(least) = tax.exempt_from_nights.filter(|&least| nights >= least) {
            let because = || {
                format!(
                    "{}: {}, exempt from {least} on",
                    tax.name,
                    count(nights, "night")
                )
            };
            self.pass_over(rule, because);
            return Ok(());
        }
        let because = || match tax.rate {
            TaxRate::Percent { bps } => format!("{}: {}", tax.name, share_of(bps, base)),
            TaxRate::PerNight { .. } => format!("{}: {}", tax.name, count(nights, "night")),
            TaxRate::PerGuestNight { .. } => {
                format!(
                    "{}: {}, {}",
                    tax.name,
                    count(guests.counted(), "guest"),
                    count(nights, "night")
                )
            }
        };
        self.push(LineKind::Tax, tax.name.clone(), units, rule, because)
    }
}

fn free() -> String {
    "the fee is 0".to_owned()
}
