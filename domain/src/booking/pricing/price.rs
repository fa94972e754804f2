//! An itemised price.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};
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

/// An itemised price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Price {
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
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Price {
    /// The currency of every line.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.total.currency()
    }

    /// Lines above the service fee, which belong to the host; nights come first.
    pub fn host_lines(&self) -> impl Iterator<Item = &PriceLine> {
        self.lines.iter().filter(|line| line.kind.is_host_line())
    }

    /// The sum of the lines above the service fee.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn host_subtotal(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency(), self.host_lines().map(|line| line.amount))
    }
}
