//! Explanations of prices, rule by rule.

use rstest::rstest;

use crate::booking::pricing::explain::{PriceExplanation, explain_price};
use crate::booking::pricing::price::{PriceError, RatePlan};
use crate::booking::pricing::pricing_tests::{bps, own_prices, priced, tax};
use crate::fixtures::{at, cabin, guests, open_calendar, stay, usd};
use crate::property::calendar::Calendar;
use crate::property::pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing};
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;

fn explanations(
    property: &Property,
    calendar: &Calendar,
    dates: &str,
    party: Guests,
    rate: RatePlan,
) -> Vec<PriceExplanation> {
    let (terms, now) = (MarketplaceTerms::default(), at("2026-06-24T16:00:00Z"));
    explain_price(property, calendar, stay(dates), party, rate, &terms, now)
        .unwrap()
        .1
}

/// Rule, line and reason.
fn summarize(considered: &[PriceExplanation]) -> Vec<(&str, Option<usize>, &str)> {
    considered
        .iter()
        .map(|it| {
            assert_eq!(it.applied, it.line.is_some());
            (it.rule.as_str(), it.line, it.reason.as_str())
        })
        .collect()
}

fn every_rule() -> Pricing {
    Pricing {
        weekend: Some(usd(150_00)),
        cleaning_fee: Some(usd(50_00)),
        extra_guest_fee: Some(ExtraGuestFee {
            after: 2,
            per_night: usd(10_00),
        }),
        pet_fee: Some(usd(20_00)),
        weekly_discount_bps: bps(1_000),
        monthly_discount_bps: bps(2_000),
        length_of_stay_discounts: vec![
            NightsDiscount {
                nights: 3,
                discount_bps: bps(250),
            },
            NightsDiscount {
                nights: 5,
                discount_bps: bps(0),
            },
        ],
        early_bird: Some(DayDiscount {
            days_ahead: 7,
            discount_bps: bps(500),
        }),
        last_minute: Some(DayDiscount {
            days_ahead: 14,
            discount_bps: bps(1_000),
        }),
        non_refundable_discount_bps: Some(bps(1_000)),
        taxes: vec![
            tax("State", TaxRate::Percent { bps: bps(825) }, None),
            tax("City", TaxRate::PerNight { amount: usd(2_00) }, Some(7)),
            tax(
                "Tourist",
                TaxRate::PerGuestNight { amount: usd(1_00) },
                None,
            ),
        ],
        ..Pricing::nightly(usd(100_00))
    }
}

#[test]
fn every_rule_is_explained_in_order() {
    let property = priced(|pricing| *pricing = every_rule());
    let calendar = own_prices([("2026-07-04", usd(300_00)), ("2026-07-05", usd(250_00))]);
    let party = Guests::try_new(2, 1, 0, 2).unwrap();
    let considered = explanations(
        &property,
        &calendar,
        "2026-07-01/2026-07-08",
        party,
        RatePlan::NonRefundable,
    );
    let expected = [
        ("night.base", Some(0), "4 of 7 nights"),
        ("night.weekend", Some(1), "1 of 7 nights"),
        ("night.date", Some(2), "2 of 7 nights"),
        (
            "weekly_discount",
            Some(4),
            "7 nights, needs 7: 10 % of 1100.00 USD",
        ),
        ("monthly_discount", None, "7 nights, needs 28"),
        (
            "length_of_stay_discount",
            None,
            "7 nights, needs 3, but weekly_discount goes before it (7 nights, needs 7)",
        ),
        (
            "early_bird",
            None,
            "7 days ahead, needs 7 or more, but last_minute goes before it (7 days ahead, needs 14 or fewer)",
        ),
        (
            "last_minute",
            Some(5),
            "7 days ahead, needs 14 or fewer: 10 % of 990.00 USD",
        ),
        (
            "non_refundable_discount",
            Some(6),
            "the guest chose the non-refundable rate: 10 % of 891.00 USD",
        ),
        ("cleaning_fee", Some(7), "per stay"),
        ("extra_guest_fee", Some(8), "3 guests, 2 included, 7 nights"),
        ("pet_fee", Some(9), "2 pets"),
        ("guest_fee", Some(10), "14.2 % of 941.90 USD"),
        ("tax.percent", Some(11), "State: 8.25 % of 941.90 USD"),
        ("tax.per_night", None, "City: 7 nights, exempt from 7 on"),
        (
            "tax.per_guest_night",
            Some(12),
            "Tourist: 3 guests, 7 nights",
        ),
    ];
    assert_eq!(summarize(&considered), expected);
}

#[test]
fn skipped_rules_give_their_reason() {
    let property = priced(|pricing| *pricing = every_rule());
    let considered = explanations(
        &property,
        &open_calendar(),
        "2026-06-30/2026-07-01",
        guests(1),
        RatePlan::Standard,
    );
    let expected = [
        ("night.base", Some(0), "1 of 1 night"),
        (
            "night.weekend",
            None,
            "no Friday or Saturday night without a price of its own",
        ),
        ("night.date", None, "no night has a price of its own in USD"),
        ("weekly_discount", None, "1 night, needs 7"),
        ("monthly_discount", None, "1 night, needs 28"),
        ("length_of_stay_discount", None, "1 night, needs 3"),
        ("early_bird", None, "6 days ahead, needs 7 or more"),
        (
            "last_minute",
            Some(1),
            "6 days ahead, needs 14 or fewer: 10 % of 100.00 USD",
        ),
        (
            "non_refundable_discount",
            None,
            "the guest chose the standard rate",
        ),
        ("cleaning_fee", Some(2), "per stay"),
        ("extra_guest_fee", None, "1 guest, 2 included"),
        ("pet_fee", None, "no pets"),
        ("guest_fee", Some(3), "14.2 % of 140.00 USD"),
        ("tax.percent", Some(4), "State: 8.25 % of 140.00 USD"),
        ("tax.per_night", Some(5), "City: 1 night"),
        ("tax.per_guest_night", Some(6), "Tourist: 1 guest, 1 night"),
    ];
    assert_eq!(summarize(&considered), expected);
}

#[test]
fn unset_rules_are_not_explained() {
    let considered = explanations(
        &cabin(|_| {}),
        &open_calendar(),
        "2026-07-03/2026-07-04",
        guests(1),
        RatePlan::Standard,
    );
    let expected = [
        ("night.base", Some(0), "1 of 1 night"),
        ("night.weekend", None, "the host set no weekend price"),
        ("night.date", None, "no night has a price of its own in USD"),
        ("guest_fee", Some(1), "14.2 % of 100.00 USD"),
    ];
    assert_eq!(summarize(&considered), expected);
}

#[test]
fn zero_fees_are_explained_as_zero() {
    let property = priced(|pricing| {
        pricing.weekend = Some(usd(150_00));
        (pricing.cleaning_fee, pricing.pet_fee) = (Some(usd(0)), Some(usd(0)));
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after: 1,
            per_night: usd(0),
        });
        pricing.non_refundable_discount_bps = Some(bps(0));
        pricing.early_bird = Some(DayDiscount {
            days_ahead: 1,
            discount_bps: bps(0),
        });
    });
    let party = Guests::try_new(2, 0, 0, 1).unwrap();
    let considered = explanations(
        &property,
        &open_calendar(),
        "2026-07-03/2026-07-04",
        party,
        RatePlan::NonRefundable,
    );
    let expected = [
        ("night.base", None, "every night has another price"),
        ("night.weekend", Some(0), "1 of 1 night"),
        ("night.date", None, "no night has a price of its own in USD"),
        ("non_refundable_discount", None, "the rate is no cheaper"),
        ("cleaning_fee", None, "the fee is 0"),
        ("extra_guest_fee", None, "the fee is 0"),
        ("pet_fee", None, "the fee is 0"),
        ("guest_fee", Some(1), "14.2 % of 150.00 USD"),
    ];
    assert_eq!(summarize(&considered), expected);
}

#[rstest]
#[case("2026-06-25/2026-06-26", "1 day ahead, needs 7 or more")]
#[case(
    "2026-07-01/2026-07-02",
    "7 days ahead, needs 7 or more: 100 % of 100.00 USD"
)]
fn early_bird_reason_names_the_days_ahead(#[case] dates: &str, #[case] reason: &str) {
    let rule = Some(DayDiscount {
        days_ahead: 7,
        discount_bps: bps(10_000),
    });
    let property = priced(|pricing| pricing.early_bird = rule);
    let considered = explanations(
        &property,
        &open_calendar(),
        dates,
        guests(1),
        RatePlan::Standard,
    );
    assert_eq!(considered[3].reason, reason);
}

#[test]
fn explaining_without_a_price_fails() {
    let (terms, now) = (MarketplaceTerms::default(), at("2026-06-24T16:00:00Z"));
    let dates = stay("2026-07-03/2026-07-04");
    let ask = |property: &Property, rate| {
        explain_price(
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
    assert_eq!(
        ask(&cabin(|details| details.pricing = None), RatePlan::Standard),
        Err(PriceError::NoPrice)
    );
}
