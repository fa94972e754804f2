//! Prices, line by line.

use rstest::rstest;

use crate::booking::pricing::night_prices::night_amount;
use crate::booking::pricing::price::{LineKind, Price, RatePlan};
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{at, cabin, calendar_with, guests, open_calendar, price_of, stay, usd};
use crate::property::calendar::{Calendar, NightRules};
use crate::property::pricing::{DayDiscount, NightsDiscount, Pricing, Tax};
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

pub(crate) fn bps(value: u32) -> BasisPoints {
    BasisPoints::try_new(value).unwrap()
}

pub(super) fn priced(change: impl FnOnce(&mut Pricing)) -> Property {
    cabin(|details| change(details.pricing.as_mut().unwrap()))
}

pub(super) fn tax(name: &str, rate: TaxRate, exempt_from_nights: Option<u32>) -> Tax {
    Tax {
        name: name.into(),
        rate,
        exempt_from_nights,
    }
}

pub(super) fn own_prices<'a>(prices: impl IntoIterator<Item = (&'a str, Money)>) -> Calendar {
    let rules = prices.into_iter().map(|(date, price)| {
        (
            date.parse().unwrap(),
            NightRules {
                price: Some(price),
                ..NightRules::default()
            },
        )
    });
    calendar_with(rules, [])
}

/// Price of a stay, requested on March 1.
pub(super) fn price_for(
    property: &Property,
    calendar: &Calendar,
    dates: &str,
    party: Guests,
) -> Price {
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    price(
        property,
        calendar,
        stay(dates),
        party,
        RatePlan::Standard,
        &terms,
        now,
    )
    .unwrap()
}

/// Rule, quantity and amount of each line.
pub(super) fn lines(price: &Price) -> Vec<(&str, u32, i64)> {
    price
        .lines
        .iter()
        .map(|line| (&*line.rule, line.quantity, line.amount.amount()))
        .collect()
}

/// The amount of the line that a rule made, for two adults.
pub(super) fn amount_by(property: &Property, dates: &str, rule: &str) -> Option<i64> {
    let price = price_of(property, dates, RatePlan::Standard);
    let line = price.lines.iter().find(|line| line.rule == rule);
    line.map(|line| line.amount.amount())
}

#[test]
fn date_price_precedes_weekend_price_precedes_base_price() {
    let property = priced(|pricing| pricing.weekend = Some(usd(150_00)));
    let calendar = own_prices([("2026-07-04", usd(300_00))]);
    let price = price_for(&property, &calendar, "2026-07-02/2026-07-06", guests(2));
    let expected = [
        ("night.base", 2, 200_00),    // Thursday, Sunday
        ("night.weekend", 1, 150_00), // Friday
        ("night.date", 1, 300_00),    // Saturday, July 4
        ("guest_fee", 1, 92_30),
    ];
    assert_eq!(lines(&price), expected);
    assert_eq!(
        (price.total, price.host_fee, price.host_payout),
        (usd(742_30), usd(19_50), usd(630_50))
    );
    let labels: Vec<_> = price.lines.iter().map(|line| &*line.label).collect();
    assert_eq!(
        labels,
        [
            "Nights",
            "Weekend nights",
            "Nights at a price of their own",
            "Service fee"
        ]
    );
    let nights: Vec<_> = price
        .nights
        .iter()
        .map(|night| (night.amount.amount(), night.line))
        .collect();
    assert_eq!(nights, [(100_00, 0), (150_00, 1), (300_00, 2), (100_00, 0)]);
    let saturday = "2026-07-11".parse().unwrap();
    assert_eq!(
        night_amount(&property, &calendar, saturday).unwrap(),
        Some(usd(150_00))
    );
    assert_eq!(
        night_amount(
            &cabin(|details| details.pricing = None),
            &calendar,
            saturday
        )
        .unwrap(),
        None
    );
}

#[test]
fn date_price_in_a_former_currency_is_ignored() {
    let euros = Money::new(300_00, Currency::parse("EUR").unwrap());
    let price = price_for(
        &cabin(|_| {}),
        &own_prices([("2026-07-04", euros)]),
        "2026-07-04/2026-07-05",
        guests(1),
    );
    assert_eq!(lines(&price)[0], ("night.base", 1, 100_00));
}

#[rstest]
#[case(1)]
#[case(7)]
#[case(8)]
#[case(9)]
#[case(10)]
#[case(13)]
fn nights_of_one_price_share_a_line(#[case] prices: usize) {
    // Each price on two consecutive nights, then all of them once more.
    let amount = |night: usize| usd(100 + (night / 2 % prices) as i64);
    let dates: Vec<_> = stay("2026-07-01/2026-08-30")
        .dates()
        .map(|date| date.to_string())
        .collect();
    let calendar = own_prices(
        dates
            .iter()
            .enumerate()
            .map(|(night, date)| (date.as_str(), amount(night))),
    );
    let price = price_for(
        &cabin(|_| {}),
        &calendar,
        "2026-07-01/2026-08-30",
        guests(1),
    );
    let of_nights: Vec<_> = price
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Nights)
        .collect();
    assert_eq!(of_nights.len(), prices);
    for (place, line) in of_nights.iter().enumerate() {
        let nights = (0..60).filter(|night| night / 2 % prices == place).count();
        assert_eq!(
            (line.unit_amount, line.quantity as usize),
            (amount(2 * place), nights)
        );
    }
    for (night, priced) in price.nights.iter().enumerate() {
        assert_eq!(
            (priced.line, priced.amount),
            (night / 2 % prices, amount(night))
        );
    }
}

#[test]
fn a_base_price_and_a_date_of_the_same_price_are_two_lines() {
    let calendar = own_prices([("2026-07-02", usd(100_00))]);
    let price = price_for(
        &cabin(|_| {}),
        &calendar,
        "2026-07-01/2026-07-04",
        guests(1),
    );
    assert_eq!(
        lines(&price)[..2],
        [("night.base", 2, 200_00), ("night.date", 1, 100_00)]
    );
}

#[rstest]
#[case("2026-07-01/2026-07-07", None)] // 6 nights
#[case("2026-07-01/2026-07-08", Some(("weekly_discount", -70_00)))]
#[case("2026-07-01/2026-07-10", Some(("weekly_discount", -90_00)))]
#[case("2026-07-01/2026-07-11", Some(("length_of_stay_discount", -150_00)))] // 10 nights
#[case("2026-07-01/2026-07-12", Some(("length_of_stay_discount", -165_00)))]
#[case("2026-07-01/2026-07-28", Some(("length_of_stay_discount", -405_00)))] // 27 nights
#[case("2026-07-01/2026-07-29", Some(("monthly_discount", -560_00)))]
#[case("2026-07-01/2026-07-30", Some(("monthly_discount", -580_00)))]
fn longest_matching_tier_applies(#[case] dates: &str, #[case] expected: Option<(&str, i64)>) {
    let property = priced(|pricing| {
        pricing.weekly_discount_bps = bps(1_000);
        pricing.monthly_discount_bps = bps(2_000);
        pricing.length_of_stay_discounts = vec![
            NightsDiscount {
                nights: 10,
                discount_bps: bps(1_500),
            },
            NightsDiscount {
                nights: 5,
                discount_bps: bps(0),
            }, // 0 % is left out
        ];
    });
    let price = price_of(&property, dates, RatePlan::Standard);
    let found = price
        .lines
        .iter()
        .find(|line| line.kind == LineKind::LengthOfStayDiscount);
    assert_eq!(
        found.map(|line| (&*line.rule, line.amount.amount())),
        expected
    );
}

#[rstest]
#[case(900, 1_000, "length_of_stay_discount", -70_00)]
#[case(1_100, 1_000, "weekly_discount", -77_00)]
#[case(1_000, 1_000, "weekly_discount", -70_00)]
fn larger_of_two_tiers_of_one_length_applies(
    #[case] weekly: u32,
    #[case] own: u32,
    #[case] rule: &str,
    #[case] off: i64,
) {
    let property = priced(|pricing| {
        pricing.weekly_discount_bps = bps(weekly);
        pricing.length_of_stay_discounts = vec![NightsDiscount {
            nights: 7,
            discount_bps: bps(own),
        }];
    });
    let price = price_of(&property, "2026-07-01/2026-07-08", RatePlan::Standard);
    assert_eq!(lines(&price)[1], (rule, 1, off));
    assert_eq!(price.lines[1].label, "Discount for 7 nights or more");
    assert_eq!(price.lines.len(), 3);
}

#[rstest]
#[case("2026-03-03", None, Some(-18_00))] // 2 days ahead
#[case("2026-03-04", None, Some(-18_00))] // 3: both fit, the larger counts
#[case("2026-03-08", None, Some(-18_00))] // 7
#[case("2026-03-09", Some(-4_50), None)] // 8
fn larger_of_early_bird_and_last_minute_applies_to_the_remainder(
    #[case] check_in: chrono::NaiveDate,
    #[case] early: Option<i64>,
    #[case] late: Option<i64>,
) {
    let property = priced(|pricing| {
        pricing.length_of_stay_discounts = vec![NightsDiscount {
            nights: 1,
            discount_bps: bps(1_000),
        }];
        pricing.early_bird = Some(DayDiscount {
            days_ahead: 3,
            discount_bps: bps(500),
        });
        pricing.last_minute = Some(DayDiscount {
            days_ahead: 7,
            discount_bps: bps(2_000),
        });
    });
    let dates = format!("{check_in}/{}", check_in + chrono::Days::new(1));
    assert_eq!(amount_by(&property, &dates, "early_bird"), early);
    assert_eq!(amount_by(&property, &dates, "last_minute"), late);
}

#[rstest]
#[case(500, 500, "early_bird")] // early bird when equal
#[case(501, 500, "early_bird")]
#[case(500, 501, "last_minute")]
fn only_one_of_two_matching_discounts_applies(
    #[case] early: u32,
    #[case] late: u32,
    #[case] rule: &str,
) {
    let property = priced(|pricing| {
        pricing.early_bird = Some(DayDiscount {
            days_ahead: 5,
            discount_bps: bps(early),
        });
        pricing.last_minute = Some(DayDiscount {
            days_ahead: 5,
            discount_bps: bps(late),
        });
    });
    let price = price_of(&property, "2026-03-06/2026-03-07", RatePlan::Standard);
    let rules: Vec<_> = lines(&price).into_iter().map(|(rule, ..)| rule).collect();
    assert_eq!(rules, ["night.base", rule, "guest_fee"]);
}

#[rstest]
#[case(30, None)]
#[case(5, Some(-5_00))]
#[case(6, None)]
fn an_early_bird_books_so_many_days_ahead(#[case] days_ahead: u32, #[case] off: Option<i64>) {
    let rule = Some(DayDiscount {
        days_ahead,
        discount_bps: bps(500),
    });
    let property = priced(|pricing| pricing.early_bird = rule);
    assert_eq!(
        amount_by(&property, "2026-03-06/2026-03-07", "early_bird"),
        off
    );
}

#[rstest]
#[case("2026-03-02T04:59:59Z", true)] // still March 1 in New York
#[case("2026-03-02T05:00:00Z", false)]
fn days_ahead_are_counted_from_the_propertys_today(#[case] now: &str, #[case] early: bool) {
    let rule = Some(DayDiscount {
        days_ahead: 5,
        discount_bps: bps(500),
    });
    let property = priced(|pricing| pricing.early_bird = rule);
    let terms = MarketplaceTerms::default();
    let ask = |dates| {
        price(
            &property,
            &open_calendar(),
            stay(dates),
            guests(1),
            RatePlan::Standard,
            &terms,
            at(now),
        )
    };
    assert_eq!(
        ask("2026-03-06/2026-03-07").unwrap().lines.len(),
        if early { 3 } else { 2 }
    );
}
