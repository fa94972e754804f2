//! What a host pays who cancels.

use chrono::{DateTime, Utc};

use super::{Deadlines, LineKind, Price};
use crate::shared::{BasisPoints, Money, MoneyError};

/// The fee: 10 % more than 30 days before check-in, 25 % until 48 hours before, then 50 % of the nights not
/// stayed; of nights, cleaning and pets; at least 50 units of the currency.
///
/// # Errors
/// [`MoneyError`].
pub fn host_cancellation_fee(
    price: &Price,
    times: &Deadlines,
    at: DateTime<Utc>,
) -> Result<Money, MoneyError> {
    let counts = |kind: LineKind| kind == LineKind::Nights || kind.is_discount();
    let sum = |wanted: &dyn Fn(LineKind) -> bool| {
        Money::sum(
            price.currency(),
            price.lines.iter().filter(|line| wanted(line.kind)).map(|line| line.amount),
        )
    };
    let nights = sum(&counts)?;
    let whole = sum(&|kind| counts(kind) || matches!(kind, LineKind::CleaningFee | LineKind::PetFee))?;
    let share = |bps: u32| BasisPoints::try_new(bps).unwrap_or(BasisPoints::ZERO);
    let fee = if at < times.days_before(30) {
        whole.percent(share(1_000))?
    } else if at <= times.hours_before(48) {
        whole.percent(share(2_500))?
    } else {
        let all = i64::from(times.stay.nights());
        let left = all - i64::from(times.nights_stayed(at)).min(all);
        nights.fraction(left, 2 * all)?
    };
    let least = Money::new(50, price.currency()).times(10_i64.pow(price.currency().exponent()))?;
    Ok(if fee.amount() < least.amount() { least } else { fee })
}
