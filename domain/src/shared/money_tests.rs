//! Money, at every boundary.

use proptest::prelude::*;
use rstest::rstest;

use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};

fn of(amount: i64, code: &str) -> Money {
    Money::new(amount, Currency::parse(code).unwrap())
}

fn usd(amount: i64) -> Money {
    of(amount, "USD")
}

#[rstest]
#[case("USD", Some(2))]
#[case("JPY", Some(0))]
#[case("KWD", Some(3))]
#[case("usd", None)]
#[case("US", None)]
#[case("USDX", None)]
#[case("", None)]
#[case("ABC", None)]
#[case("XXX", None)] // no currency
#[case("XTS", None)] // for testing
#[case("XAU", None)] // gold
fn currencies_are_those_people_pay_with(#[case] code: &str, #[case] exponent: Option<u32>) {
    let currency = Currency::parse(code);
    assert_eq!(currency.map(Currency::exponent).ok(), exponent);
    assert_eq!(
        currency.is_err(),
        currency == Err(MoneyError::UnknownCurrency)
    );
    assert_eq!(Currency::try_from(code.to_owned()), currency);
    if let Ok(currency) = currency {
        assert_eq!(
            (currency.code(), String::from(currency).as_str()),
            (code, code)
        );
        assert_eq!(
            (format!("{currency}"), format!("{currency:?}")),
            (code.to_owned(), code.to_owned())
        );
    }
}

#[rstest]
#[case(0, "USD", "0.00 USD")]
#[case(5, "USD", "0.05 USD")]
#[case(-5, "USD", "-0.05 USD")]
#[case(-1_234_56, "USD", "-1234.56 USD")]
#[case(1, "JPY", "1 JPY")]
#[case(-1_000, "JPY", "-1000 JPY")]
#[case(10_005, "KWD", "10.005 KWD")]
#[case(-1, "KWD", "-0.001 KWD")]
#[case(i64::MIN, "USD", "-92233720368547758.08 USD")]
fn shows_the_digits_of_its_currency(#[case] amount: i64, #[case] code: &str, #[case] text: &str) {
    assert_eq!(of(amount, code).to_string(), text);
}

#[test]
fn adds_and_subtracts_within_one_currency() {
    assert_eq!(usd(7).checked_add(usd(5)), Ok(usd(12)));
    assert_eq!(usd(7).checked_sub(usd(5)), Ok(usd(2)));
    assert_eq!(usd(5).checked_sub(usd(7)), Ok(usd(-2)));
    assert_eq!(
        usd(1).checked_add(of(1, "JPY")),
        Err(MoneyError::CurrencyMismatch)
    );
    assert_eq!(
        usd(1).checked_sub(of(1, "JPY")),
        Err(MoneyError::CurrencyMismatch)
    );
    assert_eq!(usd(i64::MAX).checked_add(usd(1)), Err(MoneyError::Overflow));
    assert_eq!(usd(i64::MIN).checked_sub(usd(1)), Err(MoneyError::Overflow));
    assert!(usd(0).is_zero() && !usd(1).is_zero() && !usd(-1).is_zero());
}

#[test]
fn multiplies_and_sums() {
    assert_eq!(usd(7).checked_mul(3), Ok(usd(21)));
    assert_eq!(usd(7).checked_mul(-1), Ok(usd(-7)));
    assert_eq!(usd(7).checked_mul(0), Ok(usd(0)));
    assert_eq!(usd(i64::MAX / 2).checked_mul(3), Err(MoneyError::Overflow));
    assert_eq!(usd(i64::MIN).checked_mul(-1), Err(MoneyError::Overflow));
    let dollars = usd(0).currency();
    assert_eq!(Money::sum(dollars, []), Ok(usd(0)));
    assert_eq!(Money::sum(dollars, [usd(1), usd(2), usd(-5)]), Ok(usd(-2)));
    assert_eq!(
        Money::sum(dollars, [of(1, "JPY")]),
        Err(MoneyError::CurrencyMismatch)
    );
    assert_eq!(
        Money::sum(dollars, [usd(i64::MAX), usd(1)]),
        Err(MoneyError::Overflow)
    );
}

#[rstest]
#[case(1, 4_999, 0)]
#[case(1, 5_000, 1)] // half, away from zero
#[case(-1, 5_000, -1)]
#[case(-1, 4_999, 0)]
#[case(3, 5_000, 2)]
#[case(-3, 5_000, -2)]
#[case(2, 5_000, 1)]
#[case(333, 1_420, 47)] // 47.286
#[case(1_005, 1_000, 101)] // 100.5
#[case(-1_005, 1_000, -101)]
#[case(1_004, 1_000, 100)]
#[case(1_234, 0, 0)]
#[case(1_234, 10_000, 1_234)]
#[case(i64::MAX, 10_000, i64::MAX)]
#[case(i64::MIN, 10_000, i64::MIN)]
#[case(i64::MAX, 5_000, 4_611_686_018_427_387_904)]
fn a_percentage_rounds_half_away_from_zero(
    #[case] amount: i64,
    #[case] bps: u32,
    #[case] share: i64,
) {
    assert_eq!(
        usd(amount).checked_percent(BasisPoints::try_new(bps).unwrap()),
        Ok(usd(share))
    );
}

#[rstest]
#[case(10, 1, 3, Ok(3))]
#[case(10, 1, 4, Ok(3))] // 2.5
#[case(10, -1, 4, Ok(-3))]
#[case(10, 1, -4, Ok(-3))]
#[case(-10, -1, 4, Ok(3))]
#[case(-10, 1, -4, Ok(3))]
#[case(10, -1, -4, Ok(3))]
#[case(10, 3, 2, Ok(15))]
#[case(10, 0, 4, Ok(0))]
#[case(0, 1, 4, Ok(0))]
#[case(10, 1, 0, Ok(0))] // a whole of 0 gives 0
#[case(i64::MAX, i64::MAX, i64::MAX, Ok(i64::MAX))]
#[case(i64::MAX, 2, 1, Err(MoneyError::Overflow))]
#[case(i64::MIN, 1, -1, Err(MoneyError::Overflow))]
fn a_fraction_rounds_half_away_from_zero(
    #[case] amount: i64,
    #[case] part: i64,
    #[case] whole: i64,
    #[case] fraction: Result<i64, MoneyError>,
) {
    assert_eq!(usd(amount).checked_fraction(part, whole), fraction.map(usd));
}

#[rstest]
#[case(100, &[1, 1, 1], &[34, 33, 33])] // among equal remainders the first
#[case(-100, &[1, 1, 1], &[-34, -33, -33])]
#[case(101, &[1, 1, 1], &[34, 34, 33])]
#[case(10, &[1, 2, 4], &[1, 3, 6])] // 1.43, 2.86, 5.71: the largest remainders
#[case(10, &[4, 2, 1], &[6, 3, 1])]
#[case(3, &[3, 1], &[2, 1])] // 2.25, 0.75: the larger remainder, not the larger share
#[case(-10, &[1, 2, 4], &[-1, -3, -6])]
#[case(8, &[0, 3, 0, 1], &[0, 6, 0, 2])]
#[case(1, &[1, 3, 3], &[0, 1, 0])]
#[case(0, &[1, 2], &[0, 0])]
#[case(7, &[5], &[7])]
#[case(i64::MIN, &[1], &[i64::MIN])]
#[case(i64::MAX, &[i64::MAX, i64::MAX], &[4_611_686_018_427_387_904, 4_611_686_018_427_387_903])]
fn a_split_goes_by_largest_remainder(
    #[case] amount: i64,
    #[case] weights: &[i64],
    #[case] parts: &[i64],
) {
    let expected: Vec<_> = parts.iter().map(|&part| usd(part)).collect();
    assert_eq!(usd(amount).split(weights), Ok(expected));
}

#[rstest]
#[case(&[])]
#[case(&[0, 0])]
#[case(&[-1, 2])]
#[case(&[2, -1])]
#[case(&[-1])]
#[case(&[1, -1])]
fn a_split_needs_weights(#[case] weights: &[i64]) {
    assert_eq!(usd(10).split(weights), Err(MoneyError::NoWeights));
}

proptest! {
    #[test]
    fn a_split_sums_to_the_whole(amount in any::<i64>(), weights in prop::collection::vec(0_i64..1_000_000, 1..60)) {
        prop_assume!(weights.iter().any(|&weight| weight > 0));
        let parts = usd(amount).split(&weights).unwrap();
        let sum: i128 = parts.iter().map(|part| i128::from(part.amount())).sum();
        prop_assert_eq!(sum, i128::from(amount));
        let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
        for (part, &weight) in parts.iter().zip(&weights) {
            let error = i128::from(part.amount()) * total - i128::from(amount) * i128::from(weight);
            prop_assert!(error.abs() < total, "{part} is a unit or more off its share");
        }
    }

    #[test]
    fn a_fraction_is_within_half_a_unit(amount in -1_000_000_000_i64..1_000_000_000, part in -20_000_i64..20_000, whole in 1_i64..20_000) {
        let got = i128::from(usd(amount).checked_fraction(part, whole).unwrap().amount());
        let error = 2 * (got * i128::from(whole) - i128::from(amount) * i128::from(part)).abs();
        prop_assert!(error <= i128::from(whole));
    }
}

#[rstest]
#[case("1234.50 USD", Ok(123_450))]
#[case("-0.05 USD", Ok(-5))]
#[case("92233720368547758.07 USD", Ok(i64::MAX))]
#[case("-92233720368547758.08 USD", Ok(i64::MIN))]
#[case("92233720368547758.08 USD", Err(MoneyError::Overflow))]
#[case("12.5 USD", Err(MoneyError::NotAnAmount))]
#[case("12 USD", Err(MoneyError::NotAnAmount))]
#[case("1,234.50 USD", Err(MoneyError::NotAnAmount))]
#[case(".50 USD", Err(MoneyError::NotAnAmount))]
#[case("--1.50 USD", Err(MoneyError::NotAnAmount))]
#[case("-+1.50 USD", Err(MoneyError::NotAnAmount))]
#[case("1.50", Err(MoneyError::NotAnAmount))]
#[case("USD 1.50", Err(MoneyError::UnknownCurrency))]
#[case("1.50 usd", Err(MoneyError::UnknownCurrency))]
fn amounts_are_parsed_with_all_digits(#[case] text: &str, #[case] amount: Result<i64, MoneyError>) {
    assert_eq!(text.parse::<Money>(), amount.map(usd));
}

#[test]
fn display_honours_width_and_alignment() {
    assert_eq!(format!("[{:>12}]", usd(-5)), "[   -0.05 USD]");
    assert_eq!(format!("[{:*<9}]", of(7, "JPY")), "[7 JPY****]");
}

#[test]
fn amounts_are_ordered_within_their_currency() {
    assert!(usd(-1) < usd(0) && usd(2) > usd(1));
    assert_eq!(usd(1).partial_cmp(&of(1, "EUR")), None);
    assert!(Currency::EUR < Currency::USD);
}

proptest! {
    #[test]
    fn displayed_amounts_are_parsed(amount: i64, code in prop::sample::select(vec!["USD", "JPY", "KWD"])) {
        let money = of(amount, code);
        prop_assert_eq!(money.to_string().parse(), Ok(money));
    }
}
