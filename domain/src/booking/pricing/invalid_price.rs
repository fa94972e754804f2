//! Validation of the parts of a price.

use chrono::NaiveDate;

use crate::booking::pricing::price::{LineKind, PriceRecord};
use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};

/// Reason for which stored parts do not make a [`Price`](crate::booking::Price).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPrice {
    /// It prices no night.
    #[error("a price needs at least one night")]
    NoNights,
    /// An amount has another currency than the total.
    #[error("an amount is in {found}, the total in {expected}")]
    Currency {
        /// Currency of the total.
        expected: Currency,
        /// Currency of the amount.
        found: Currency,
    },
    /// A night does not follow the night before it.
    #[error("the night {night} does not follow the night before it")]
    NightOrder {
        /// The night.
        night: NaiveDate,
    },
    /// The line of a night is absent, of another kind, or has another unit amount.
    #[error("the night {night} at {amount} is not in a line of nights at this amount")]
    NightLine {
        /// The night.
        night: NaiveDate,
        /// Its amount.
        amount: Money,
    },
    /// The number of nights of a line differs from its quantity.
    #[error("line {line} counts {quantity} nights, but {nights} belong to it")]
    NightCount {
        /// Index of the line.
        line: usize,
        /// Its quantity.
        quantity: u32,
        /// Number of its nights.
        nights: usize,
    },
    /// The amount of a line is not its unit amount times its quantity.
    #[error("line {line} is {found}, its units make {expected}")]
    LineAmount {
        /// Index of the line.
        line: usize,
        /// Unit amount times quantity.
        expected: Money,
        /// Amount of the line.
        found: Money,
    },
    /// The total is not the sum of the lines.
    #[error("the total is {found}, the sum of the lines {expected}")]
    Total {
        /// Sum of the lines.
        expected: Money,
        /// The total.
        found: Money,
    },
    /// The host's amount is not the sum of the host lines less the host fee.
    #[error("the host receives {found}, the host lines less the fee are {expected}")]
    HostPayout {
        /// Host lines less the host fee.
        expected: Money,
        /// Amount that the host receives.
        found: Money,
    },
    /// The total, the host fee or the host's amount is negative.
    #[error("the amount {0} must not be negative")]
    Negative(Money),
    /// The amounts overflow.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Checks everything that a price guarantees.
pub(super) fn check_price(record: &PriceRecord) -> Result<(), InvalidPrice> {
    check_currency(record)?;
    check_lines(record)?;
    check_nights(record)?;
    check_totals(record)
}

fn check_currency(record: &PriceRecord) -> Result<(), InvalidPrice> {
    let expected = record.total.currency();
    let lines = record
        .lines
        .iter()
        .flat_map(|line| [line.unit_amount, line.amount]);
    let nights = record.nights.iter().map(|night| night.amount);
    lines
        .chain(nights)
        .chain([record.host_fee, record.host_payout])
        .map(Money::currency)
        .find(|found| *found != expected)
        .map_or(Ok(()), |found| {
            Err(InvalidPrice::Currency { expected, found })
        })
}

fn check_lines(record: &PriceRecord) -> Result<(), InvalidPrice> {
    for (line, part) in record.lines.iter().enumerate() {
        let expected = part.unit_amount.checked_mul(part.quantity.into())?;
        if expected != part.amount {
            return Err(InvalidPrice::LineAmount {
                line,
                expected,
                found: part.amount,
            });
        }
    }
    Ok(())
}

fn check_nights(record: &PriceRecord) -> Result<(), InvalidPrice> {
    if record.nights.is_empty() {
        return Err(InvalidPrice::NoNights);
    }
    for pair in record.nights.windows(2) {
        if pair[0].night.succ_opt() != Some(pair[1].night) {
            return Err(InvalidPrice::NightOrder {
                night: pair[1].night,
            });
        }
    }
    let mut counts = vec![0_usize; record.lines.len()];
    for night in &record.nights {
        let line = record.lines.get(night.line);
        if line.is_none_or(|it| it.kind != LineKind::Nights || it.unit_amount != night.amount) {
            return Err(InvalidPrice::NightLine {
                night: night.night,
                amount: night.amount,
            });
        }
        counts[night.line] += 1;
    }
    let mut counted = record.lines.iter().zip(counts).enumerate();
    counted
        .find(|(_, (line, nights))| {
            line.kind == LineKind::Nights && u32::try_from(*nights) != Ok(line.quantity)
        })
        .map_or(Ok(()), |(index, (line, nights))| {
            Err(InvalidPrice::NightCount {
                line: index,
                quantity: line.quantity,
                nights,
            })
        })
}

fn check_totals(record: &PriceRecord) -> Result<(), InvalidPrice> {
    let currency = record.total.currency();
    let expected = Money::sum(currency, record.lines.iter().map(|line| line.amount))?;
    if expected != record.total {
        return Err(InvalidPrice::Total {
            expected,
            found: record.total,
        });
    }
    let host_lines = record.lines.iter().filter(|line| line.kind.is_host_line());
    let subtotal = Money::sum(currency, host_lines.map(|line| line.amount))?;
    let expected = subtotal.checked_sub(record.host_fee)?;
    if expected != record.host_payout {
        return Err(InvalidPrice::HostPayout {
            expected,
            found: record.host_payout,
        });
    }
    [record.total, record.host_fee, record.host_payout]
        .into_iter()
        .find(|amount| amount.amount() < 0)
        .map_or(Ok(()), |amount| Err(InvalidPrice::Negative(amount)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::booking::cancellation::refund_strategies::priced;
    use crate::booking::pricing::price::Price;
    use crate::fixtures::{guests, usd};

    fn record() -> PriceRecord {
        let price = priced("2026-07-10/2026-07-14", guests(2), |pricing| {
            pricing.cleaning_fee = Some(usd(50_00));
        });
        price.into_record()
    }

    #[test]
    fn a_calculated_price_is_restored() {
        assert_eq!(Price::restore(record()).unwrap().into_record(), record());
    }

    #[rstest]
    #[case::no_nights(|it: &mut PriceRecord| it.nights.clear(), "a price needs at least one night")]
    #[case::repeated_night(
        |it: &mut PriceRecord| it.nights[1].night = it.nights[0].night,
        "the night 2026-07-10 does not follow the night before it"
    )]
    #[case::missing_night(
        |it: &mut PriceRecord| it.nights.truncate(3),
        "line 0 counts 4 nights, but 3 belong to it"
    )]
    #[case::night_of_another_line(
        |it: &mut PriceRecord| it.nights[2].line = 1,
        "the night 2026-07-12 at 100.00 USD is not in a line of nights at this amount"
    )]
    #[case::night_of_no_line(
        |it: &mut PriceRecord| it.nights[2].line = 99,
        "the night 2026-07-12 at 100.00 USD is not in a line of nights at this amount"
    )]
    #[case::night_at_another_amount(
        |it: &mut PriceRecord| it.nights[3].amount = usd(1),
        "the night 2026-07-13 at 0.01 USD is not in a line of nights at this amount"
    )]
    #[case::line_amount(
        |it: &mut PriceRecord| it.lines[0].amount = usd(1),
        "line 0 is 0.01 USD, its units make 400.00 USD"
    )]
    #[case::total(
        |it: &mut PriceRecord| it.total = usd(1),
        "the total is 0.01 USD, the sum of the lines 558.90 USD"
    )]
    #[case::payout(
        |it: &mut PriceRecord| it.host_payout = usd(999_999_00),
        "the host receives 999999.00 USD, the host lines less the fee are 436.50 USD"
    )]
    #[case::negative_fee(
        |it: &mut PriceRecord| {
            it.host_fee = usd(-1);
            it.host_payout = usd(450_01);
        },
        "the amount -0.01 USD must not be negative"
    )]
    #[case::currency(
        |it: &mut PriceRecord| it.host_fee = Money::new(1, Currency::parse("EUR").unwrap()),
        "an amount is in EUR, the total in USD"
    )]
    fn parts_that_do_not_agree_are_refused(
        #[case] change: fn(&mut PriceRecord),
        #[case] reason: &str,
    ) {
        let mut record = record();
        change(&mut record);
        assert_eq!(Price::restore(record).unwrap_err().to_string(), reason);
    }
}
