//! An itemised price.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::property::words;
use crate::shared::{Currency, Money, MoneyError};

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
    pub label: Cow<'static, str>,
    /// How many units.
    pub quantity: u32,
    /// What one costs.
    pub unit_amount: Money,
    /// What all cost.
    pub amount: Money,
    /// The rule that made the line, such as `weekly_discount` or `night.weekend`.
    pub rule: Cow<'static, str>,
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

    /// The lines above the service fee, which are the host's. Those of the nights come first.
    pub fn hosts_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.kind.is_hosts())
    }

    /// The sum of the lines above the service fee.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn hosts_base(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency(), self.hosts_lines().map(|line| line.amount))
    }
}
