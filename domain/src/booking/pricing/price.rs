//! An itemised price.

use std::borrow::Cow;
use std::ops::Deref;

use chrono::NaiveDate;

use crate::booking::pricing::invalid_price::{InvalidPrice, check_price};
use crate::property::calendar::CalendarError;
use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};
use crate::shared::stay::Stay;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Kind of a price line.
    LineKind {
        /// Nights at the same price.
        Nights = "nights",
        /// Discount for a long stay.
        LengthOfStayDiscount = "length_of_stay_discount",
        /// Discount for booking early.
        EarlyBirdDiscount = "early_bird_discount",
        /// Discount for booking late.
        LastMinuteDiscount = "last_minute_discount",
        /// Discount for the non-refundable rate.
        NonRefundableDiscount = "non_refundable_discount",
        /// Cleaning fee per stay.
        CleaningFee = "cleaning_fee",
        /// Fee for guests above the included number.
        ExtraGuestFee = "extra_guest_fee",
        /// Pet fee per stay.
        PetFee = "pet_fee",
        /// Service fee that the guest pays to the marketplace.
        ServiceFee = "service_fee",
        /// A tax.
        Tax = "tax",
    }
    /// Rate plan chosen by the guest.
    RatePlan {
        /// The property's cancellation policy applies.
        Standard = "standard",
        /// Discounted and non-refundable.
        NonRefundable = "non_refundable",
    }
}

impl LineKind {
    /// Returns `true` for discounts on the nights.
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

    /// Returns `true` for the host's lines, which stand above the service fee.
    #[must_use]
    pub const fn is_host_line(self) -> bool {
        !matches!(self, Self::ServiceFee | Self::Tax)
    }
}

/// One line of a price. Discounts are negative.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PriceLine {
    /// Kind of the line.
    pub kind: LineKind,
    /// Human-readable label.
    pub label: Cow<'static, str>,
    /// Number of units.
    pub quantity: u32,
    /// Price of one unit.
    pub unit_amount: Money,
    /// Total of the line.
    pub amount: Money,
    /// The rule that made the line, such as `weekly_discount` or `night.weekend`.
    pub rule: Cow<'static, str>,
}

/// Price of one night before discounts, and the price line that contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightPrice {
    /// The night.
    pub night: NaiveDate,
    /// Its price.
    pub amount: Money,
    /// Index of its price line.
    pub line: usize,
}

/// Parts of an itemised price, as they are stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PriceRecord {
    /// Price lines, in the order of calculation.
    pub lines: Vec<PriceLine>,
    /// Nights, in ascending order.
    pub nights: Vec<NightPrice>,
    /// Amount that the guest pays: the sum of the lines.
    pub total: Money,
    /// Fee that the host pays to the marketplace.
    pub host_fee: Money,
    /// Amount that the host receives: the host lines less the host fee.
    pub host_payout: Money,
}

/// An itemised price. Its parts can be read, and only pricing makes one.
///
/// Guarantees: every amount has one currency; the total is the sum of the lines, and each line is
/// its unit amount times its quantity; the nights follow each other without gap or repetition, each
/// with the unit amount of its line of [`LineKind::Nights`]; what the host receives is the sum of
/// the host lines less the host fee; none of the three totals is negative.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "PriceRecord", into = "PriceRecord")
)]
pub struct Price {
    record: PriceRecord,
}

impl Deref for Price {
    type Target = PriceRecord;

    fn deref(&self) -> &PriceRecord {
        &self.record
    }
}

impl From<Price> for PriceRecord {
    fn from(price: Price) -> Self {
        price.record
    }
}

impl TryFrom<PriceRecord> for Price {
    type Error = InvalidPrice;

    fn try_from(record: PriceRecord) -> Result<Self, InvalidPrice> {
        Self::restore(record)
    }
}

/// Reason for which a stay has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// The property is a draft without price or time zone.
    #[error("the property has no price yet")]
    NoPrice,
    /// The host does not offer the non-refundable rate.
    #[error("the host does not offer a non-refundable rate")]
    NoSuchRate,
    /// The property's prices are in another currency than the booking, so that no night can be
    /// added to it.
    #[error("the property's currency differs from the booking's")]
    CurrencyChanged,
    /// The calendar is that of another property or does not cover the stay.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Price {
    /// A price as pricing has calculated it.
    pub(in crate::booking) const fn new(record: PriceRecord) -> Self {
        Self { record }
    }

    /// Restores a price from its stored parts.
    ///
    /// # Errors
    /// [`InvalidPrice`] when the parts do not make a price.
    pub fn restore(record: PriceRecord) -> Result<Self, InvalidPrice> {
        check_price(&record)?;
        Ok(Self { record })
    }

    /// Returns the parts to store.
    #[must_use]
    pub fn into_record(self) -> PriceRecord {
        self.record
    }

    /// Returns `true` if it prices exactly the nights of the stay.
    #[must_use]
    pub fn is_for(&self, stay: Stay) -> bool {
        self.nights.iter().map(|night| night.night).eq(stay.dates())
    }

    /// The currency of every line.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.record.total.currency()
    }

    /// Lines above the service fee, which belong to the host; nights come first.
    pub fn host_lines(&self) -> impl Iterator<Item = &PriceLine> {
        self.lines.iter().filter(|line| line.kind.is_host_line())
    }

    /// Returns `true` if a night costs this much after all discounts, in the mean of the stay.
    #[must_use]
    pub fn is_at_least(&self, nightly: Money) -> bool {
        self.nights_total() >= self.times_nights(nightly.amount())
    }

    /// Returns `true` if a night costs at most this many minor units, as [`Self::is_at_least`].
    #[must_use]
    pub fn is_at_most(&self, nightly: i64) -> bool {
        self.nights_total() <= self.times_nights(nightly)
    }

    /// The nights after all discounts, before fees and taxes, in minor units.
    #[must_use]
    pub fn nights_total(&self) -> i128 {
        let of_nights = self
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Nights || line.kind.is_discount());
        of_nights.map(|line| i128::from(line.amount.amount())).sum()
    }

    fn times_nights(&self, nightly: i64) -> i128 {
        let nights = i128::try_from(self.nights.len()).unwrap_or(i128::MAX);
        i128::from(nightly).saturating_mul(nights)
    }

    /// The sum of the lines above the service fee.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn host_subtotal(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency(), self.host_lines().map(|line| line.amount))
    }
}
