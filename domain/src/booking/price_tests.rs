//! Prices, line by line.

use proptest::prelude::*;

use super::{LineKind, PriceError, Rate, price};
use crate::fixtures::{at, cabin, guests, price_of, stay, usd};
use crate::property::{
    Calendar, DayDiscount, ExtraGuestFee, NightRules, NightsDiscount, Pricing, Property, Tax, TaxRate,
};
use crate::shared::{BasisPoints, Guests, MarketplaceTerms, Money};

fn bps(value: u32) -> BasisPoints {
    BasisPoints::try_new(value).unwrap()
}

fn priced(change: impl FnOnce(&mut Pricing)) -> Property {
    cabin(|details| change(details.pricing.as_mut().unwrap()))
}

fn lines(property: &Property, dates: &str) -> Vec<(LineKind, u32, i64, String)> {
    let price = price_of(property, dates, Rate::Standard);
    price.lines.into_iter().map(|line| (line.kind, line.quantity, line.amount.amount(), line.rule)).collect()
}

#[test]
fn a_date_goes_before_a_weekend_and_that_before_the_base() {
    let property = priced(|pricing| pricing.weekend = Some(usd(150_00)));
    let own = NightRules { price: Some(usd(300_00)), ..NightRules::default() };
    let calendar = Calendar::new([("2026-07-04".parse().unwrap(), own)], []);
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    let price =
        price(&property, &calendar, stay("2026-07-02/2026-07-06"), guests(2), Rate::Standard, &terms, now)
            .unwrap();
    let got: Vec<_> =
        price.lines.iter().map(|line| (line.rule.as_str(), line.quantity, line.amount.amount())).collect();
    let expected = [
        ("night.base", 2, 200_00),    // Thursday, Sunday
        ("night.weekend", 1, 150_00), // Friday
        ("night.date", 1, 300_00),    // Saturday the fourth
        ("guest_fee", 1, 92_30),
    ];
    assert_eq!(got, expected);
    assert_eq!((price.total, price.host_fee, price.host_payout), (usd(742_30), usd(19_50), usd(630_50)));
}

#[test]
fn the_longest_tier_that_fits_counts_and_an_empty_one_does_not() {
    let property = priced(|pricing| {
        pricing.weekly_discount_bps = bps(1_000);
        pricing.monthly_discount_bps = bps(0);
        pricing.length_of_stay_discounts = vec![NightsDiscount { nights: 10, discount_bps: bps(1_500) }];
    });
    let rule = |dates| lines(&property, dates).get(1).map(|line| (line.2, line.3.clone()));
    assert_eq!(rule("2026-07-01/2026-07-07"), Some((85_20, "guest_fee".into())));
    assert_eq!(rule("2026-07-01/2026-07-08"), Some((-70_00, "weekly_discount".into())));
    assert_eq!(rule("2026-07-01/2026-07-11"), Some((-150_00, "length_of_stay_discount".into())));
    assert_eq!(rule("2026-07-01/2026-07-31"), Some((-450_00, "length_of_stay_discount".into())));
}

#[test]
fn of_early_bird_and_last_minute_the_larger_counts_of_what_is_left() {
    let property = priced(|pricing| {
        pricing.weekly_discount_bps = bps(1_000);
        pricing.early_bird = Some(DayDiscount { days_ahead: 3, discount_bps: bps(500) });
        pricing.last_minute = Some(DayDiscount { days_ahead: 7, discount_bps: bps(2_000) });
    });
    let rule = |dates| lines(&property, dates).get(2).map(|line| (line.2, line.3.clone()));
    assert_eq!(rule("2026-03-06/2026-03-13"), Some((-126_00, "last_minute".into()))); // 5 days ahead: both fit
    assert_eq!(rule("2026-03-08/2026-03-15"), Some((-126_00, "last_minute".into()))); // 7 days
    assert_eq!(rule("2026-03-09/2026-03-16"), Some((-31_50, "early_bird".into())));
}

#[test]
fn fees_follow_the_party_and_taxes_the_law() {
    let property = priced(|pricing| {
        pricing.cleaning_fee = Some(usd(50_00));
        pricing.pet_fee = Some(usd(20_00));
        pricing.extra_guest_fee = Some(ExtraGuestFee { after: 2, per_night: usd(10_00) });
        let tax = |name: &str, rate, exempt_from_nights| Tax { name: name.into(), rate, exempt_from_nights };
        pricing.taxes = vec![
            tax("State", TaxRate::Percent { bps: bps(800) }, None),
            tax("City", TaxRate::PerNight { amount: usd(2_00) }, Some(30)),
            tax("Tourist", TaxRate::PerGuestNight { amount: usd(1_00) }, None),
        ];
    });
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    let party = Guests::try_new(2, 1, 2, 1).unwrap();
    let of = |dates| {
        price(&property, &Calendar::default(), stay(dates), party, Rate::Standard, &terms, now).unwrap()
    };
    let amounts = |dates| of(dates).lines.iter().map(|line| line.amount.amount()).collect::<Vec<_>>();
    // 2 nights; the third guest pays, infants do not; base 290.00
    assert_eq!(amounts("2026-07-01/2026-07-03"), [200_00, 50_00, 20_00, 20_00, 41_18, 23_20, 4_00, 6_00]);
    assert!(of("2026-07-01/2026-07-31").lines.iter().all(|line| line.label != "City"));
}

#[test]
fn the_non_refundable_rate_is_the_hosts_to_offer() {
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    let ask = |property: &Property| {
        price(
            property,
            &Calendar::default(),
            stay("2026-07-01/2026-07-03"),
            guests(1),
            Rate::NonRefundable,
            &terms,
            now,
        )
    };
    assert_eq!(ask(&cabin(|_| {})), Err(PriceError::NoSuchRate));
    let offered = priced(|pricing| pricing.non_refundable_discount_bps = Some(bps(1_000)));
    assert_eq!(ask(&offered).unwrap().lines[1].amount, usd(-20_00));
    assert_eq!(ask(&cabin(|details| details.pricing = None)), Err(PriceError::NoPrice));
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_lines(
        nightly in 1_i64..10_000_000, weekend in prop::option::of(1_i64..10_000_000), cleaning in prop::option::of(0_i64..1_000_000),
        weekly in 0_u32..=10_000, non_refundable in 0_u32..=10_000, tax in 0_u32..=3_000, nights in 1_u64..60,
    ) {
        let property = priced(|pricing| {
            pricing.nightly = usd(nightly);
            pricing.weekend = weekend.map(usd);
            pricing.cleaning_fee = cleaning.map(usd);
            pricing.weekly_discount_bps = bps(weekly);
            pricing.non_refundable_discount_bps = Some(bps(non_refundable));
            pricing.taxes = vec![Tax { name: "Tax".into(), rate: TaxRate::Percent { bps: bps(tax) }, exempt_from_nights: None }];
        });
        let first = stay("2026-07-01/2026-07-02").check_in();
        let dates = format!("{first}/{}", first + chrono::Days::new(nights));
        for rate in [Rate::Standard, Rate::NonRefundable] {
            let price = price_of(&property, &dates, rate);
            let sum = Money::sum(price.currency(), price.lines.iter().map(|line| line.amount)).unwrap();
            prop_assert_eq!(sum, price.total);
            prop_assert!(price.total.amount() >= 0);
            prop_assert_eq!(price.hosts_base().unwrap(), price.host_fee.plus(price.host_payout).unwrap());
            let nights = Money::sum(price.currency(), price.nights.iter().map(|night| night.amount)).unwrap();
            let lines = price.lines.iter().filter(|line| line.kind == LineKind::Nights).map(|line| line.amount);
            prop_assert_eq!(nights, Money::sum(price.currency(), lines).unwrap());
        }
    }
}
