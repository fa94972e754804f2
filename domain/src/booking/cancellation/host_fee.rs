//! Fee for a cancellation by the host.

use chrono::{DateTime, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::night_allocation::NightAllocation;
use crate::booking::pricing::price::{LineKind, Price};
use crate::shared::basis_points::BasisPoints;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::{Money, MoneyError};

/// Cancellation fee of the host: 10 % of nights (net of discounts), cleaning and pets more than 30
/// days before check-in, 25 % until 48 hours before, then 50 % of the value of the nights not
/// stayed; at least the minimum of the terms for the currency.
///
/// Source: the domain rules of Sojourn, section *Cancellation by the guest*, *By the host*.
///
/// # Errors
/// [`MoneyError`] when amounts cannot be combined or overflow.
pub fn host_cancellation_fee(
    price: &Price,
    deadlines: &Deadlines,
    terms: &MarketplaceTerms,
    at: DateTime<Utc>,
) -> Result<Money, MoneyError> {
    let fee = if at < deadlines.days_before(30) {
        whole_stay(price)?.checked_fraction(1, 10)?
    } else if at <= deadlines.hours_before(48) {
        whole_stay(price)?.checked_fraction(1, 4)?
    } else {
        nights_after(price, deadlines.nights_stayed(at))?.checked_percent(BasisPoints::HALF)?
    };
    let least = terms.host_cancellation_minimum(price.currency());
    Ok(Money::new(
        fee.amount().max(least.amount()),
        price.currency(),
    ))
}

/// Sum of nights, discounts, cleaning and pets.
fn whole_stay(price: &Price) -> Result<Money, MoneyError> {
    let counted = price
        .host_lines()
        .filter(|line| line.kind != LineKind::ExtraGuestFee);
    Money::sum(price.currency(), counted.map(|line| line.amount))
}

/// Value of the nights after the first `stayed`, net of their shares of the discounts.
fn nights_after(price: &Price, stayed: u32) -> Result<Money, MoneyError> {
    let worth = NightAllocation::of(price)?.after(stayed)?;
    let counted = price
        .host_lines()
        .zip(worth)
        .filter(|(line, _)| line.kind != LineKind::ExtraGuestFee);
    Money::sum(price.currency(), counted.map(|(_, worth)| worth))
}
