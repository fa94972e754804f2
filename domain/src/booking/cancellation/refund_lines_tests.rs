//! Refunds line by line.

use rstest::rstest;

use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_strategies::{bps, deadlines, four_nights, priced};
use crate::booking::cancellation::refund_tests::{ALL, amounts, refund};
use crate::booking::pricing::price::Price;
use crate::fixtures::{guests, usd};
use crate::property::pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing};
use crate::shared::guests::Guests;
use crate::shared::money::Money;

/// Seven nights from a Friday on (150.00, 150.00, five at 100.00; 10 % discount), cleaning 40.00, a
/// third guest (10.00 a night), a pet (20.00): 850.00; service fee 120.70, tax 85.00.
fn price_with_every_line_kind() -> Price {
    priced(
        "2026-07-10/2026-07-17",
        Guests::try_new(3, 0, 0, 1).unwrap(),
        |pricing| {
            pricing.weekend = Some(usd(150_00));
            pricing.cleaning_fee = Some(usd(40_00));
            pricing.extra_guest_fee = Some(ExtraGuestFee {
                after: 2,
                per_night: usd(10_00),
            });
            pricing.pet_fee = Some(usd(20_00));
            pricing.weekly_discount_bps = bps(1_000);
        },
    )
}

#[rstest]
#[case(RefundPolicy::Flexible, "2026-07-09T19:00:00Z", [300_00, 500_00, -80_00, 40_00, 70_00, 20_00, 120_70, 85_00])]
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:00Z", [150_00, 500_00, -65_00, 40_00, 60_00, 20_00, 0, 70_50])]
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:01Z", [0, 500_00, -50_00, 0, 50_00, 0, 0, 50_00])]
#[case(RefundPolicy::Moderate, "2026-07-10T19:00:00Z", [75_00, 250_00, -32_50, 40_00, 30_00, 20_00, 0, 38_25])]
#[case(RefundPolicy::Moderate, "2026-07-11T19:00:01Z", [0, 200_00, -20_00, 0, 20_00, 0, 0, 20_00])]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:00Z", [150_00, 250_00, -40_00, 20_00, 35_00, 10_00, 0, 42_50])]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:01Z", [0; 8])]
fn each_line_is_refunded_separately(
    #[case] policy: RefundPolicy,
    #[case] now: &str,
    #[case] expected: [i64; 8],
) {
    let deadlines = deadlines("2026-07-10/2026-07-17", "2026-03-01T17:00:00Z");
    let price = price_with_every_line_kind();
    let refund = refund(policy, &price, &deadlines, now);
    assert_eq!(amounts(&refund), expected);
    assert_eq!(refund.refund, usd(expected.iter().sum()));
    for (line, refunded) in price.lines.iter().zip(&refund.lines) {
        assert_eq!((line.kind, line.amount), (refunded.kind, refunded.paid));
    }
}

#[test]
fn half_of_an_odd_amount_is_rounded_away_from_zero_on_each_line() {
    let price = priced("2026-07-10/2026-07-13", guests(2), |pricing| {
        (pricing.nightly, pricing.cleaning_fee) = (usd(100_01), Some(usd(10_01)));
    });
    let deadlines = deadlines("2026-07-10/2026-07-13", "2026-03-01T17:00:00Z");
    let refund = refund(
        RefundPolicy::Limited,
        &price,
        &deadlines,
        "2026-07-03T19:00:00Z",
    );
    // 310.04 has 44.03 service fee and 31.00 tax; the refunded tax is 31.00 × 155.03 / 310.04.
    assert_eq!(amounts(&refund), [150_02, 5_01, 0, 15_50]);
}

#[rstest]
#[case(0, [0; 4])]
#[case(3_333, [13_332, 1_333, 2_082, 1_467])]
#[case(5_000, [200_00, 20_00, 31_24, 22_00])]
#[case(10_000, [400_00, 40_00, 62_48, 44_00])]
fn an_operator_grants_a_share_of_every_line(#[case] share: u32, #[case] expected: [i64; 4]) {
    let refund = Refund::granted(&four_nights(), bps(share)).unwrap();
    assert_eq!(amounts(&refund), expected);
    assert_eq!(
        (refund.refund, refund.kept),
        (
            usd(expected.iter().sum()),
            usd(ALL - expected.iter().sum::<i64>())
        )
    );
}

#[test]
fn full_refund_covers_every_line() {
    let refund = Refund::full(&price_with_every_line_kind()).unwrap();
    assert_eq!(
        amounts(&refund),
        [300_00, 500_00, -80_00, 40_00, 70_00, 20_00, 120_70, 85_00]
    );
    assert_eq!((refund.refund, refund.kept), (usd(1_055_70), usd(0)));
}

/// With discounts of 100 %, the rounded lines must not sum to less than zero, or to more than the
/// amount paid.
#[test]
fn refund_of_a_free_stay_is_zero() {
    let two_nights = |pricing: &mut Pricing| {
        pricing.nightly = usd(1);
        pricing.length_of_stay_discounts = vec![NightsDiscount {
            nights: 2,
            discount_bps: bps(5_000),
        }];
        pricing.early_bird = Some(DayDiscount {
            days_ahead: 1,
            discount_bps: bps(5_000),
        });
    };
    let price = priced("2026-07-10/2026-07-12", guests(2), two_nights);
    assert_eq!(price.total, usd(0)); // 2 - 1 - 1
    for granted in [
        Refund::granted(&price, bps(5_000)).unwrap(),
        half(&price, "2026-07-10/2026-07-12"),
    ] {
        assert_eq!(amounts(&granted)[..3], [2, -1, -1]); // 1 - 1 - 1 before
        assert_eq!((granted.refund, granted.kept), (usd(0), usd(0)));
    }
    let own_prices = |pricing: &mut Pricing| {
        (pricing.nightly, pricing.weekend) = (usd(1), Some(usd(3)));
        pricing.length_of_stay_discounts = vec![NightsDiscount {
            nights: 2,
            discount_bps: bps(10_000),
        }];
    };
    let price = priced("2026-07-11/2026-07-13", guests(2), own_prices);
    assert_eq!(price.total, usd(0)); // 3 + 1 - 4
    assert_eq!(
        amounts(&half(&price, "2026-07-11/2026-07-13"))[..3],
        [1, 1, -2]
    ); // 2 + 1 - 2 before
}

fn half(price: &Price, dates: &str) -> Refund {
    let deadlines = deadlines(dates, "2026-03-01T17:00:00Z");
    refund(
        RefundPolicy::SuperStrict30,
        price,
        &deadlines,
        "2026-06-01T00:00:00Z",
    )
}

#[test]
fn free_nights_can_be_cancelled() {
    let price = priced("2026-07-10/2026-07-17", guests(2), |pricing| {
        (pricing.nightly, pricing.cleaning_fee) = (usd(0), Some(usd(40_00)));
        pricing.weekly_discount_bps = bps(1_000);
    });
    let deadlines = deadlines("2026-07-10/2026-07-17", "2026-03-01T17:00:00Z");
    let refund = refund(
        RefundPolicy::Flexible,
        &price,
        &deadlines,
        "2026-07-10T19:00:00Z",
    );
    assert_eq!(amounts(&refund), [0, 0, 40_00, 0, 4_00]);
}

#[test]
fn a_refund_is_in_the_currency_that_was_paid() {
    let yen = |amount| Money::new(amount, crate::shared::Currency::parse("JPY").unwrap());
    let price = priced("2026-07-10/2026-07-13", guests(2), |pricing| {
        pricing.nightly = yen(10_001);
    });
    let deadlines = deadlines("2026-07-10/2026-07-13", "2026-03-01T17:00:00Z");
    let refund = refund(
        RefundPolicy::Limited,
        &price,
        &deadlines,
        "2026-07-03T19:00:00Z",
    );
    // 30003, 4260 service fee, 3000 tax; half of the odd yen is refunded.
    assert_eq!(
        (refund.refund, refund.kept),
        (yen(15_002 + 1_500), yen(37_263 - 16_502))
    );
}
