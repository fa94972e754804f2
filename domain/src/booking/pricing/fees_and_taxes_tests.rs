//! Fees, taxes, rates and rounding.

use rstest::rstest;

use crate::booking::pricing::price::{PriceError, RatePlan};
use crate::booking::pricing::pricing_tests::{amount_by, bps, lines, price_for, priced, tax};
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{at, cabin, guests, open_calendar, price_of, stay, usd};
use crate::property::pricing::ExtraGuestFee;
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

#[test]
fn fees_and_taxes_depend_on_party_and_nights() {
    let property = priced(|pricing| {
        pricing.cleaning_fee = Some(usd(50_00));
        pricing.pet_fee = Some(usd(20_00));
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after: 2,
            per_night: usd(10_00),
        });
        pricing.taxes = vec![
            tax("State", TaxRate::Percent { bps: bps(800) }, None),
            tax("City", TaxRate::PerNight { amount: usd(2_00) }, Some(30)),
            tax(
                "Tourist",
                TaxRate::PerGuestNight { amount: usd(1_00) },
                None,
            ),
        ];
    });
    let of = |adults, children, infants, pets| {
        let party = Guests::try_new(adults, children, infants, pets).unwrap();
        price_for(&property, &open_calendar(), "2026-07-01/2026-07-03", party)
    };
    let expected = [
        ("night.base", 2, 200_00),
        ("cleaning_fee", 1, 50_00),
        ("extra_guest_fee", 2, 20_00), // for the third guest; infants are free
        ("pet_fee", 1, 20_00),
        ("guest_fee", 1, 41_18), // of 290.00
        ("tax.percent", 1, 23_20),
        ("tax.per_night", 2, 4_00),
        ("tax.per_guest_night", 6, 6_00),
    ];
    assert_eq!(lines(&of(2, 1, 2, 1)), expected);
    let few = of(2, 0, 5, 0);
    let rules: Vec<_> = lines(&few).into_iter().map(|(rule, ..)| rule).collect();
    let expected = [
        "night.base",
        "cleaning_fee",
        "guest_fee",
        "tax.percent",
        "tax.per_night",
        "tax.per_guest_night",
    ];
    assert_eq!(rules, expected);
    assert_eq!(
        lines(&of(1, 4, 0, 3))[2..4],
        [("extra_guest_fee", 6, 60_00), ("pet_fee", 1, 20_00)]
    );
}

#[test]
fn zero_fees_make_no_lines() {
    let property = priced(|pricing| {
        (pricing.cleaning_fee, pricing.pet_fee) = (Some(usd(0)), Some(usd(0)));
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after: 1,
            per_night: usd(0),
        });
        pricing.non_refundable_discount_bps = Some(bps(0));
    });
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    let party = Guests::try_new(2, 0, 0, 1).unwrap();
    for rate in [RatePlan::Standard, RatePlan::NonRefundable] {
        let dates = stay("2026-07-01/2026-07-03");
        let price = price(&property, &open_calendar(), dates, party, rate, &terms, now).unwrap();
        assert_eq!(
            lines(&price),
            [("night.base", 2, 200_00), ("guest_fee", 1, 28_40)]
        );
    }
}

#[rstest]
#[case("2026-07-01/2026-07-30", Some(58_00))] // 29 nights
#[case("2026-07-01/2026-07-31", None)]
#[case("2026-07-01/2026-08-01", None)]
fn long_stays_are_exempt_from_a_tax(#[case] dates: &str, #[case] expected: Option<i64>) {
    let property = priced(|pricing| {
        pricing.taxes = vec![tax(
            "City",
            TaxRate::PerNight { amount: usd(2_00) },
            Some(30),
        )];
    });
    assert_eq!(amount_by(&property, dates, "tax.per_night"), expected);
}

#[test]
fn non_refundable_rate_requires_an_offer_of_the_host() {
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    let ask = |property: &Property, rate| {
        let dates = stay("2026-07-01/2026-07-03");
        price(
            property,
            &open_calendar(),
            dates,
            guests(1),
            rate,
            &terms,
            now,
        )
    };
    assert_eq!(
        ask(&cabin(|_| {}), RatePlan::NonRefundable),
        Err(PriceError::NoSuchRate)
    );
    let offered = priced(|pricing| pricing.non_refundable_discount_bps = Some(bps(1_000)));
    let (cheap, dear) = (
        ask(&offered, RatePlan::NonRefundable).unwrap(),
        ask(&offered, RatePlan::Standard).unwrap(),
    );
    assert_eq!(lines(&cheap)[1], ("non_refundable_discount", 1, -20_00));
    assert_eq!(lines(&dear)[1].0, "guest_fee");
    for draft in [
        cabin(|details| details.pricing = None),
        cabin(|details| details.time_zone = None),
    ] {
        assert_eq!(ask(&draft, RatePlan::Standard), Err(PriceError::NoPrice));
    }
}

#[rstest]
#[case("JPY", 10_001, &[70_007, -7_001, 8_947, 6_301], 1_890)] // 7000.7, 8946.852, 6300.6, 1890.18
#[case("KWD", 10_005, &[70_035, -7_004, 8_950, 6_303], 1_891)] // 7003.5, 8950.402, 6303.1, 1890.93
fn each_percentage_is_rounded_once_in_the_minor_unit(
    #[case] code: &str,
    #[case] nightly: i64,
    #[case] amounts: &[i64],
    #[case] host_fee: i64,
) {
    let property = priced(|pricing| {
        pricing.nightly = Money::new(nightly, Currency::parse(code).unwrap());
        pricing.weekly_discount_bps = bps(1_000);
        pricing.taxes = vec![tax("Tax", TaxRate::Percent { bps: bps(1_000) }, None)];
    });
    let price = price_of(&property, "2026-07-01/2026-07-08", RatePlan::Standard);
    assert_eq!(price.currency().code(), code);
    assert_eq!(
        lines(&price).iter().map(|line| line.2).collect::<Vec<_>>(),
        amounts
    );
    assert_eq!(price.host_fee.amount(), host_fee);
}

#[rstest]
#[case("2026-03-07/2026-03-10", 3)] // daylight saving time begins
#[case("2026-10-31/2026-11-03", 3)] // daylight saving time ends
#[case("2028-02-28/2028-03-01", 2)] // a leap day
#[case("2026-12-31/2027-01-01", 1)]
fn nights_are_counted_by_calendar_dates(#[case] dates: &str, #[case] nights: u32) {
    let price = price_of(&cabin(|_| {}), dates, RatePlan::Standard);
    assert_eq!(price.lines[0].quantity, nights);
}
