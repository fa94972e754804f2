//! Refunds, by policy and instant.

use rstest::rstest;

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_strategies::{deadlines, four_nights};
use crate::booking::pricing::price::Price;
use crate::fixtures::{at, cabin, price_of, usd};
use crate::shared::marketplace_terms::MarketplaceTerms;

pub(super) fn refund(
    policy: RefundPolicy,
    price: &Price,
    deadlines: &Deadlines,
    now: &str,
) -> Refund {
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

pub(super) fn amounts(refund: &Refund) -> Vec<i64> {
    refund
        .lines
        .iter()
        .map(|line| line.refunded.amount())
        .collect()
}

pub(super) const ALL: i64 = 546_48;
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
