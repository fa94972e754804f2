//! Refunds, by policy and instant.

use rstest::rstest;

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_strategies::{bps, deadlines, four_nights, priced};
use crate::booking::pricing::price::Price;
use crate::fixtures::{at, cabin, guests, price_of, usd};
use crate::property::pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing};
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

fn refund(policy: RefundPolicy, price: &Price, deadlines: &Deadlines, now: &str) -> Refund {
    let refund = Refund::by_guest(
        policy,
        price,
        deadlines,
        &MarketplaceTerms::default(),
        at(now),
    )
    .unwrap();
    assert_eq!(refund.refund.checked_add(refund.kept), Ok(price.total));
    refund
}

fn amounts(refund: &Refund) -> Vec<i64> {
    refund
        .lines
        .iter()
        .map(|line| line.refunded.amount())
        .collect()
}

const ALL: i64 = 546_48;
const HALF: i64 = 242_00; // half of 440.00 and of its tax
#[rstest]
#[case(RefundPolicy::Flexible, "2026-07-09T19:00:00Z", ALL)]
#[case(RefundPolicy::Flexible, "2026-07-09T19:00:00.000001Z", 374_00)] // one night retained
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:00Z", 374_00)]
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:00.000001Z", 220_00)] // one stayed, one more, no cleaning
#[case(RefundPolicy::Flexible, "2026-07-12T19:00:00Z", 110_00)] // two stayed
#[case(RefundPolicy::Flexible, "2026-07-12T19:00:01Z", 0)]
#[case(RefundPolicy::Flexible, "2026-07-13T19:00:01Z", 0)]
#[case(RefundPolicy::Moderate, "2026-07-05T19:00:00Z", ALL)]
#[case(RefundPolicy::Moderate, "2026-07-05T19:00:01Z", 209_00)] // half of three nights, and cleaning
#[case(RefundPolicy::Moderate, "2026-07-10T19:00:00Z", 209_00)]
#[case(RefundPolicy::Moderate, "2026-07-10T19:00:01Z", 110_00)]
#[case(RefundPolicy::Moderate, "2026-07-11T20:00:00Z", 55_00)] // two stayed, one more, half of the last
#[case(RefundPolicy::Limited, "2026-06-26T19:00:00Z", ALL)]
#[case(RefundPolicy::Limited, "2026-06-26T19:00:01Z", HALF)]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:00Z", HALF)]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:01Z", 0)]
#[case(RefundPolicy::Firm, "2026-06-10T19:00:00Z", ALL)]
#[case(RefundPolicy::Firm, "2026-06-10T19:00:01Z", HALF)]
#[case(RefundPolicy::Firm, "2026-07-03T19:00:00Z", HALF)]
#[case(RefundPolicy::Firm, "2026-07-03T19:00:01Z", 0)]
#[case(RefundPolicy::Strict, "2026-05-01T00:00:00Z", HALF)]
#[case(RefundPolicy::Strict, "2026-07-03T19:00:00Z", HALF)]
#[case(RefundPolicy::Strict, "2026-07-03T19:00:01Z", 0)]
#[case(RefundPolicy::SuperStrict30, "2026-06-10T19:00:00Z", HALF)]
#[case(RefundPolicy::SuperStrict30, "2026-06-10T19:00:01Z", 0)]
#[case(RefundPolicy::SuperStrict60, "2026-05-11T19:00:00Z", HALF)]
#[case(RefundPolicy::SuperStrict60, "2026-05-11T19:00:01Z", 0)]
#[case(RefundPolicy::NonRefundable, "2026-03-01T17:00:01Z", 0)]
fn refund_of_each_policy_around_its_deadlines(
    #[case] policy: RefundPolicy,
    #[case] now: &str,
    #[case] expected: i64,
) {
    let deadlines = deadlines("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z");
    assert_eq!(
        refund(policy, &four_nights(), &deadlines, now).refund,
        usd(expected)
    );
}

#[rstest]
#[case(
    RefundPolicy::Flexible,
    "2026-07-01T19:00:00Z",
    "2026-07-02T19:00:00Z",
    ALL
)]
#[case(
    RefundPolicy::Moderate,
    "2026-07-03T19:00:00Z",
    "2026-07-04T19:00:00Z",
    ALL
)]
#[case(
    RefundPolicy::Limited,
    "2026-07-01T19:00:00Z",
    "2026-07-02T19:00:00Z",
    ALL
)]
#[case(
    RefundPolicy::Firm,
    "2026-07-01T19:00:00Z",
    "2026-07-02T19:00:00Z",
    ALL
)]
#[case(
    RefundPolicy::Strict,
    "2026-07-01T19:00:00Z",
    "2026-07-02T19:00:00Z",
    ALL
)]
#[case(
    RefundPolicy::Strict,
    "2026-07-01T19:00:00Z",
    "2026-07-02T19:00:01Z",
    HALF
)]
#[case(
    RefundPolicy::Strict,
    "2026-07-03T19:00:00Z",
    "2026-07-04T19:00:00Z",
    ALL
)] // confirmed just 7 days ahead
#[case(
    RefundPolicy::Strict,
    "2026-07-03T19:00:00Z",
    "2026-07-04T19:00:01Z",
    0
)]
#[case(
    RefundPolicy::Strict,
    "2026-07-03T19:00:01Z",
    "2026-07-03T19:30:00Z",
    0
)]
#[case(
    RefundPolicy::SuperStrict30,
    "2026-03-01T17:00:00Z",
    "2026-03-01T17:00:01Z",
    HALF
)]
#[case(
    RefundPolicy::SuperStrict60,
    "2026-03-01T17:00:00Z",
    "2026-03-01T17:00:01Z",
    HALF
)]
#[case(
    RefundPolicy::NonRefundable,
    "2026-03-01T17:00:00Z",
    "2026-03-01T17:00:01Z",
    0
)]
fn full_refund_within_the_grace_period(
    #[case] policy: RefundPolicy,
    #[case] booked: &str,
    #[case] now: &str,
    #[case] expected: i64,
) {
    let deadlines = deadlines("2026-07-10/2026-07-14", booked);
    assert_eq!(
        refund(policy, &four_nights(), &deadlines, now).refund,
        usd(expected)
    );
}

/// Forty nights at 100.00, service fee 568.00.
#[rstest]
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-06-10T19:00:00Z",
    4_568_00
)]
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-06-10T19:00:01Z",
    1_000_00
)]
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-07-10T19:00:00Z",
    1_000_00
)]
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-07-10T19:00:01Z",
    900_00
)]
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-07-14T12:00:00Z",
    600_00
)] // four stayed
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-07-19T19:00:00Z",
    100_00
)] // nine stayed
#[case(
    RefundPolicy::LongTermFirm,
    "2026-05-01T17:00:00Z",
    "2026-07-19T19:00:01Z",
    0
)]
#[case(
    RefundPolicy::LongTermStrict,
    "2026-06-01T17:00:00Z",
    "2026-06-03T17:00:00Z",
    4_568_00
)]
#[case(
    RefundPolicy::LongTermStrict,
    "2026-06-01T17:00:00Z",
    "2026-06-03T17:00:01Z",
    1_000_00
)]
#[case(
    RefundPolicy::LongTermStrict,
    "2026-06-11T17:00:00Z",
    "2026-06-12T19:00:00Z",
    4_568_00
)] // 28 days ahead
#[case(
    RefundPolicy::LongTermStrict,
    "2026-06-11T17:00:00Z",
    "2026-06-12T19:00:01Z",
    1_000_00
)]
#[case(
    RefundPolicy::LongTermStrict,
    "2026-06-01T17:00:00Z",
    "2026-07-14T12:00:00Z",
    600_00
)]
fn refund_of_long_stay_policies(
    #[case] policy: RefundPolicy,
    #[case] booked: &str,
    #[case] now: &str,
    #[case] expected: i64,
) {
    let price = price_of(
        &cabin(|_| {}),
        "2026-07-10/2026-08-19",
        crate::booking::pricing::price::RatePlan::Standard,
    );
    let deadlines = deadlines("2026-07-10/2026-08-19", booked);
    assert_eq!(
        refund(policy, &price, &deadlines, now).refund,
        usd(expected)
    );
}

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
