//! Prices as people write them.

use rstest::rstest;
use sojourn_domain::shared::{Currency, Money};

use super::price_text::{InvalidPrice, parse};

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

#[rstest]
#[case("90", 90_00)]
#[case("90.5", 90_50)]
#[case("$2,150.00", 2_150_00)]
#[case("2.150,75", 2_150_75)]
#[case("2 150,75", 2_150_75)]
#[case("2\u{a0}150,75", 2_150_75)]
#[case("2\u{202f}150", 2_150_00)]
#[case("2'150.75", 2_150_75)]
#[case("2’150.-", 2_150_00)]
#[case("90,-", 90_00)]
#[case("12.345.678", 12_345_678_00)]
#[case("12,34,567.80", 1_234_567_80)]
#[case("2.150", 2_150_00)]
#[case("2,150", 2_150_00)]
#[case("0.125", 13)]
#[case("0,99", 99)]
#[case("2150.125", 2_150_13)]
#[case("2,150.5", 2_150_50)]
#[case("$0.00", 0)]
fn amounts(#[case] text: &str, #[case] amount: i64) {
    let euros = currency("EUR");
    assert_eq!(parse(text, euros), Ok(Some(Money::new(amount, euros))));
}

#[rstest]
#[case("€90,00", "EUR", 90_00)]
#[case("90,00 €", "EUR", 90_00)]
#[case("EUR 90", "EUR", 90_00)]
#[case("90 eur", "EUR", 90_00)]
#[case("£90.10", "GBP", 90_10)]
#[case("CHF 1'290.-", "CHF", 1_290_00)]
#[case("Fr. 90", "CHF", 90_00)]
#[case("R$ 90,50", "BRL", 90_50)]
#[case("US$90", "USD", 90_00)]
#[case("$90 CAD", "CAD", 90_00)]
#[case("¥12,000", "JPY", 12_000)]
#[case("90,50 zł", "PLN", 90_50)]
#[case("1 290 Kč", "CZK", 1_290_00)]
#[case("₹1,23,456", "INR", 123_456_00)]
#[case("$90", "USD", 90_00)]
fn currencies(#[case] text: &str, #[case] code: &str, #[case] amount: i64) {
    let expected = Money::new(amount, currency(code));
    assert_eq!(parse(text, currency("USD")), Ok(Some(expected)), "{text}");
}

#[test]
fn shared_signs_mean_the_currency_of_the_import() {
    for code in ["SEK", "NOK", "DKK"] {
        let expected = Money::new(90_50, currency(code));
        assert_eq!(parse("90,50 kr", currency(code)), Ok(Some(expected)));
    }
    assert_eq!(parse("90 kr", currency("USD")), Err(InvalidPrice));
    let yuan = currency("CNY");
    assert_eq!(parse("¥90", yuan), Ok(Some(Money::new(90_00, yuan))));
    let yen = currency("JPY");
    let expected = Ok(Some(Money::new(12_000, yen)));
    assert_eq!(parse("$12,000.00", yen), expected);
}

#[test]
fn three_digits_are_ambiguous_where_a_currency_has_three_decimals() {
    let dinar = currency("KWD");
    assert_eq!(parse("2.150", dinar), Err(InvalidPrice));
    assert_eq!(
        parse("2,150.500", dinar),
        Ok(Some(Money::new(2_150_500, dinar)))
    );
}

#[rstest]
#[case("-90")]
#[case("-$90")]
#[case("$-90")]
#[case("−90")]
#[case("90-")]
#[case("(90)")]
#[case("80 - 90")]
#[case("80-90")]
#[case("free")]
#[case("90 per night")]
#[case("1e3")]
#[case("1..5")]
#[case("12 34")]
#[case("1.23.45")]
#[case("1,234,56")]
#[case("1234,567.00")]
#[case("1.234,567.8")]
#[case("1,23456")]
#[case("€90 GBP")]
#[case("90 XXX")]
#[case("99999999999999999999")]
fn everything_else_is_refused(#[case] text: &str) {
    assert_eq!(parse(text, currency("USD")), Err(InvalidPrice), "{text}");
}

#[rstest]
#[case("")]
#[case("  ")]
#[case("nan")]
#[case("N/A")]
#[case("-")]
fn missing_prices(#[case] text: &str) {
    assert_eq!(parse(text, currency("USD")), Ok(None));
}
