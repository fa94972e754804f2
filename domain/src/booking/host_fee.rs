//! Fee for a cancellation by the host.

use chrono::{DateTime, Utc};

use super::night_worth::NightWorth;
use super::{Deadlines, LineKind, Price};
use crate::shared::{BasisPoints, Money, MoneyError};

/// Cancellation fee of the host: 10 % of nights (net of discounts), cleaning and pets more than 30
/// days before check-in, 25 % until 48 hours before, then 50 % of the value of the nights not
/// stayed; at least 50 units of the currency.
///
/// Source: the domain rules of Sojourn, section *Cancellation by the guest*, *By the host*.
///
/// # Errors
/// [`MoneyError`] when amounts cannot be combined or overflow.
pub fn host_cancellation_fee(
    price: &Price,
    times: &Deadlines,
    at: DateTime<Utc>,
) -> Result<Money, MoneyError> {
    let fee = if at < times.days_before(30) {
        whole_stay(price)?.fraction(1, 10)?
    } else if at <= times.hours_before(48) {
        whole_stay(price)?.fraction(1, 4)?
    } else {
        nights_after(price, times.nights_stayed(at))?.percent(BasisPoints::HALF)?
    };
    let least = Money::new(50, price.currency()).times(10_i64.pow(price.currency().exponent()))?;
    Ok(Money::new(
        fee.amount().max(least.amount()),
        price.currency(),
    ))
}

/// Sum of nights, discounts, cleaning and pets.
fn whole_stay(price: &Price) -> Result<Money, MoneyError> {
    let counted = price
        .hosts_lines()
        .filter(|line| line.kind != LineKind::ExtraGuestFee);
    Money::sum(price.currency(), counted.map(|line| line.amount))
}

/// Value of the nights after the first `stayed`, net of their shares of the discounts.
fn nights_after(price: &Price, stayed: u32) -> Result<Money, MoneyError> {
    let worth = NightWorth::of(price)?.after(stayed)?;
    let counted = price
        .hosts_lines()
        .zip(worth)
        .filter(|(line, _)| line.kind != LineKind::ExtraGuestFee);
    Money::sum(price.currency(), counted.map(|(_, worth)| worth))
}
