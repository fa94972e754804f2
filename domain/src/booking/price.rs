//! What a stay costs: deterministic and itemised.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use crate::property::{Calendar, Pricing, Property, Tax, TaxRate, words};
use crate::shared::{BasisPoints, Currency, Guests, MarketplaceTerms, Money, MoneyError, Stay, local_date};

words! {
    /// What a line of a price is for.
    LineKind {
        /// Nights of one price.
        Nights = "nights",
        /// Off for a long stay.
        LengthOfStayDiscount = "length_of_stay_discount",
        /// Off for booking early.
        EarlyBirdDiscount = "early_bird_discount",
        /// Off for booking late.
        LastMinuteDiscount = "last_minute_discount",
        /// Off for giving up refunds.
        NonRefundableDiscount = "non_refundable_discount",
        /// Cleaning, per stay.
        CleaningFee = "cleaning_fee",
        /// Guests above the number included.
        ExtraGuestFee = "extra_guest_fee",
        /// Pets, per stay.
        PetFee = "pet_fee",
        /// The marketplace's fee to the guest.
        ServiceFee = "service_fee",
        /// A tax.
        Tax = "tax",
    }
    /// What the guest chose.
    Rate {
        /// With the property's cancellation policy.
        Standard = "standard",
        /// Cheaper, without refunds.
        NonRefundable = "non_refundable",
    }
}

impl LineKind {
    /// Whether the line is a discount on the nights.
    #[must_use]
    pub const fn is_discount(self) -> bool {
        matches!(
            self,
            Self::LengthOfStayDiscount
                | Self::EarlyBirdDiscount
                | Self::LastMinuteDiscount
                | Self::NonRefundableDiscount
        )
    }

    /// Whether the line stands above the service fee, so that it is the host's.
    #[must_use]
    pub const fn is_hosts(self) -> bool {
        !matches!(self, Self::ServiceFee | Self::Tax)
    }
}

/// One line of a price. Discounts are negative.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// What for.
    pub kind: LineKind,
    /// The same in words.
    pub label: String,
    /// How many units.
    pub quantity: u32,
    /// What one costs.
    pub unit_amount: Money,
    /// What all cost.
    pub amount: Money,
    /// The rule that made the line, such as `weekly_discount` or `night.weekend`.
    pub rule: String,
}

/// What one night costs before discounts, and which line of the price it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightPrice {
    /// The night.
    pub night: NaiveDate,
    /// Its price.
    pub amount: Money,
    /// The index of its line.
    pub line: usize,
}

/// An itemised price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Price {
    /// The lines, in the order in which they build on each other.
    pub lines: Vec<Line>,
    /// The nights in order.
    pub nights: Vec<NightPrice>,
    /// What the guest pays: the sum of the lines.
    pub total: Money,
    /// What the host pays the marketplace.
    pub host_fee: Money,
    /// What the host gets: the lines above the service fee, less the host's fee.
    pub host_payout: Money,
}

/// Why a stay has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// The property has no price or no zone yet: a draft.
    #[error("the property has no price yet")]
    NoPrice,
    /// The host does not offer the non-refundable rate.
    #[error("the host offers no non-refundable rate")]
    NoSuchRate,
    /// Amounts do not fit or do not match.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Price {
    /// The currency of every line.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.total.currency()
    }

    /// The sum of the lines above the service fee.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn hosts_base(&self) -> Result<Money, MoneyError> {
        Money::sum(
            self.currency(),
            self.lines.iter().filter(|line| line.kind.is_hosts()).map(|line| line.amount),
        )
    }
}

/// Prices a stay at an instant. The instant matters to early-bird and last-minute discounts alone.
///
/// Order: night prices (date > weekend > base) → length of stay → early bird or last minute, the larger →
/// non-refundable → cleaning → extra guests → pets → service fee → taxes. Each percentage is rounded once, on
/// its own line. Whether the stay can be booked is another question: [`super::refusals`].
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
    let (Some(pricing), Some(zone)) = (&property.details.pricing, property.details.time_zone) else {
        return Err(PriceError::NoPrice);
    };
    let mut draft = Draft { lines: Vec::with_capacity(10), sum: Money::zero(pricing.currency()) };
    let nights = draft.nights(pricing, calendar, stay)?;
    draft.length_of_stay(pricing, stay)?;
    draft.days_ahead(pricing, (stay.check_in() - local_date(zone, now)).num_days())?;
    if rate == Rate::NonRefundable {
        let share = pricing.non_refundable_discount_bps.ok_or(PriceError::NoSuchRate)?;
        draft.discount(
            LineKind::NonRefundableDiscount,
            "Non-refundable rate",
            share,
            "non_refundable_discount",
        )?;
    }
    draft.fees(pricing, stay, guests)?;
    let base = draft.sum;
    let service_fee = base.percent(terms.guest_fee_bps)?;
    draft.push(LineKind::ServiceFee, "Service fee", 1, service_fee, "guest_fee")?;
    for tax in &pricing.taxes {
        draft.tax(tax, base, stay, guests)?;
    }
    let host_fee = base.percent(terms.host_fee_bps)?;
    Ok(Price { lines: draft.lines, nights, total: draft.sum, host_fee, host_payout: base.minus(host_fee)? })
}

struct Draft {
    lines: Vec<Line>,
    sum: Money,
}

impl Draft {
    fn push(
        &mut self,
        kind: LineKind,
        label: &str,
        quantity: u32,
        unit: Money,
        rule: &str,
    ) -> Result<(), MoneyError> {
        let amount = unit.times(quantity.into())?;
        self.sum = self.sum.plus(amount)?;
        self.lines.push(Line {
            kind,
            label: label.to_owned(),
            quantity,
            unit_amount: unit,
            amount,
            rule: rule.to_owned(),
        });
        Ok(())
    }

    /// One line for each different price and its reason, in the order in which they first occur.
    fn nights(
        &mut self,
        pricing: &Pricing,
        calendar: &Calendar,
        stay: Stay,
    ) -> Result<Vec<NightPrice>, MoneyError> {
        let mut groups: Vec<(&str, Money, u32)> = Vec::with_capacity(3);
        let mut nights = Vec::with_capacity(stay.nights() as usize);
        for night in stay.dates() {
            let (rule, amount) = night_price(pricing, calendar, night);
            let line =
                groups.iter().position(|group| (group.0, group.1) == (rule, amount)).unwrap_or(groups.len());
            match groups.get_mut(line) {
                Some(group) => group.2 += 1,
                None => groups.push((rule, amount, 1)),
            }
            nights.push(NightPrice { night, amount, line });
        }
        for (rule, unit, quantity) in groups {
            let label = match rule {
                "night.date" => "Nights at a price of their own",
                "night.weekend" => "Weekend nights",
                _ => "Nights",
            };
            self.push(LineKind::Nights, label, quantity, unit, rule)?;
        }
        Ok(nights)
    }

    fn discount(
        &mut self,
        kind: LineKind,
        label: &str,
        share: BasisPoints,
        rule: &str,
    ) -> Result<(), MoneyError> {
        if share == BasisPoints::ZERO {
            return Ok(());
        }
        let off = self.sum.percent(share)?.times(-1)?;
        self.push(kind, label, 1, off, rule)
    }

    fn length_of_stay(&mut self, pricing: &Pricing, stay: Stay) -> Result<(), MoneyError> {
        let fixed = [
            (7, pricing.weekly_discount_bps, "weekly_discount"),
            (28, pricing.monthly_discount_bps, "monthly_discount"),
        ];
        let own = pricing.length_of_stay_discounts.iter();
        let tiers = fixed
            .into_iter()
            .chain(own.map(|tier| (tier.nights, tier.discount_bps, "length_of_stay_discount")));
        let fitting =
            tiers.filter(|&(nights, share, _)| share > BasisPoints::ZERO && nights <= stay.nights());
        match fitting.max_by_key(|&(nights, share, _)| (nights, share)) {
            Some((nights, share, rule)) => {
                let label = format!("Discount for {nights} nights or more");
                self.discount(LineKind::LengthOfStayDiscount, &label, share, rule)
            }
            None => Ok(()),
        }
    }

    fn days_ahead(&mut self, pricing: &Pricing, days: i64) -> Result<(), MoneyError> {
        let early = pricing.early_bird.filter(|rule| days >= rule.days_ahead.into());
        let late = pricing.last_minute.filter(|rule| days <= rule.days_ahead.into());
        let share = |rule: Option<crate::property::DayDiscount>| {
            rule.map_or(BasisPoints::ZERO, |rule| rule.discount_bps)
        };
        if share(early) >= share(late) {
            self.discount(LineKind::EarlyBirdDiscount, "Early-bird discount", share(early), "early_bird")
        } else {
            self.discount(LineKind::LastMinuteDiscount, "Last-minute discount", share(late), "last_minute")
        }
    }

    fn fees(&mut self, pricing: &Pricing, stay: Stay, guests: Guests) -> Result<(), MoneyError> {
        if let Some(fee) = pricing.cleaning_fee.filter(|fee| !fee.is_zero()) {
            self.push(LineKind::CleaningFee, "Cleaning fee", 1, fee, "cleaning_fee")?;
        }
        if let Some(fee) = pricing.extra_guest_fee {
            let extra = guests.counted().saturating_sub(fee.after) * stay.nights();
            if extra > 0 && !fee.per_night.is_zero() {
                self.push(
                    LineKind::ExtraGuestFee,
                    "Extra guests, per night",
                    extra,
                    fee.per_night,
                    "extra_guest_fee",
                )?;
            }
        }
        if let Some(fee) = pricing.pet_fee.filter(|fee| guests.pets() > 0 && !fee.is_zero()) {
            self.push(LineKind::PetFee, "Pet fee", 1, fee, "pet_fee")?;
        }
        Ok(())
    }

    fn tax(&mut self, tax: &Tax, base: Money, stay: Stay, guests: Guests) -> Result<(), MoneyError> {
        if tax.exempt_from_nights.is_some_and(|nights| stay.nights() >= nights) {
            return Ok(());
        }
        match tax.rate {
            TaxRate::Percent { bps } => {
                self.push(LineKind::Tax, &tax.name, 1, base.percent(bps)?, "tax.percent")
            }
            TaxRate::PerNight { amount } => {
                self.push(LineKind::Tax, &tax.name, stay.nights(), amount, "tax.per_night")
            }
            TaxRate::PerGuestNight { amount } => {
                let quantity = stay.nights() * guests.counted();
                self.push(LineKind::Tax, &tax.name, quantity, amount, "tax.per_guest_night")
            }
        }
    }
}

/// What one night costs before discounts; nothing for a property without a price.
#[must_use]
pub fn night_amount(property: &Property, calendar: &Calendar, night: NaiveDate) -> Option<Money> {
    property.details.pricing.as_ref().map(|pricing| night_price(pricing, calendar, night).1)
}

/// What one night costs and why: the date's own price, the weekend's (Friday and Saturday nights), or the base.
/// A date's price in a currency that the host has left does not count.
fn night_price(pricing: &Pricing, calendar: &Calendar, night: NaiveDate) -> (&'static str, Money) {
    let own = calendar.rules(night).and_then(|rules| rules.price);
    let own = own.filter(|price| price.currency() == pricing.currency());
    let weekend = pricing.weekend.filter(|_| matches!(night.weekday(), Weekday::Fri | Weekday::Sat));
    match (own, weekend) {
        (Some(amount), _) => ("night.date", amount),
        (None, Some(amount)) => ("night.weekend", amount),
        (None, None) => ("night.base", pricing.nightly),
    }
}
