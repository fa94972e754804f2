//! What a host charges.

use crate::shared::{BasisPoints, Currency, Money};

/// A host's prices. All amounts are of one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pricing {
    /// A night, unless another price goes before it.
    pub nightly: Money,
    /// A Friday or Saturday night.
    pub weekend: Option<Money>,
    /// Per stay.
    pub cleaning_fee: Option<Money>,
    /// For each adult or child above a number, per night.
    pub extra_guest_fee: Option<ExtraGuestFee>,
    /// Per stay, when there are pets.
    pub pet_fee: Option<Money>,
    /// Off the nights of stays of 7 nights and more; 0 is no discount.
    pub weekly_discount_bps: BasisPoints,
    /// Off the nights of stays of 28 nights and more; 0 is no discount.
    pub monthly_discount_bps: BasisPoints,
    /// The host's own tiers; the longest that fits goes before weekly and monthly ones.
    pub length_of_stay_discounts: Vec<NightsDiscount>,
    /// For booking so many days ahead or more.
    pub early_bird: Option<DayDiscount>,
    /// For booking so many days ahead or fewer.
    pub last_minute: Option<DayDiscount>,
    /// Off what is left, for a guest who gives up refunds; the rate is offered when present.
    pub non_refundable_discount_bps: Option<BasisPoints>,
    /// Taxes, each a line of its own.
    pub taxes: Vec<Tax>,
}

/// A fee for each adult or child above a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExtraGuestFee {
    /// How many are included.
    pub after: u32,
    /// For each one more, per night.
    pub per_night: Money,
}

/// A discount for long stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightsDiscount {
    /// From so many nights on.
    pub nights: u32,
    /// So much off.
    pub discount_bps: BasisPoints,
}

/// A discount by the days between booking and check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DayDiscount {
    /// The number of days.
    pub days_ahead: u32,
    /// So much off.
    pub discount_bps: BasisPoints,
}

/// A tax that the host must collect.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tax {
    /// How the law names it.
    pub name: String,
    /// How much.
    pub rate: TaxRate,
    /// Stays of so many nights and more are exempt.
    pub exempt_from_nights: Option<u32>,
}

/// What a tax is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
pub enum TaxRate {
    /// A share of all lines above the service fee.
    Percent {
        /// The share.
        bps: BasisPoints,
    },
    /// For each night.
    PerNight {
        /// So much.
        amount: Money,
    },
    /// For each night of each adult and child.
    PerGuestNight {
        /// So much.
        amount: Money,
    },
}

impl Pricing {
    /// A price a night and nothing else.
    #[must_use]
    pub const fn nightly(nightly: Money) -> Self {
        Self {
            nightly,
            weekend: None,
            cleaning_fee: None,
            extra_guest_fee: None,
            pet_fee: None,
            weekly_discount_bps: BasisPoints::ZERO,
            monthly_discount_bps: BasisPoints::ZERO,
            length_of_stay_discounts: Vec::new(),
            early_bird: None,
            last_minute: None,
            non_refundable_discount_bps: None,
            taxes: Vec::new(),
        }
    }

    /// The currency of all its amounts.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.nightly.currency()
    }
}
