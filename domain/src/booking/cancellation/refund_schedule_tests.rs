//! Refund schedules.

use rstest::rstest;

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::cancellation::refund_strategies::with_other_lines;
use crate::booking::cancellation::refund_strategies::{deadlines, four_nights, priced};
use crate::booking::pricing::price::{LineKind, PriceLine};
use crate::fixtures::{at, guests, usd};
use crate::shared::marketplace_terms::MarketplaceTerms;

fn schedule(policy: RefundPolicy, booked: &str, from: &str) -> Vec<(Option<String>, i64)> {
    let deadlines = deadlines("2026-07-10/2026-07-14", booked);
    let terms = MarketplaceTerms::default();
    let steps = RefundTier::schedule(policy, &four_nights(), &deadlines, &terms, at(from)).unwrap();
    let text = |instant: chrono::DateTime<chrono::Utc>| instant.format("%m-%d %H:%M").to_string();
    steps
        .into_iter()
        .map(|step| (step.until.map(text), step.refund.amount()))
        .collect()
}

fn tier(until: &str, refund: i64) -> (Option<String>, i64) {
    (Some(until.to_owned()), refund)
}

const BOOKED: &str = "2026-03-01T17:00:00Z";
const ALL: i64 = 546_48;
const HALF: i64 = 242_00;

#[rstest]
#[case(RefundPolicy::Flexible, vec![
    tier("07-09 19:00", ALL), tier("07-10 19:00", 374_00), tier("07-11 19:00", 220_00), tier("07-12 19:00", 110_00), (None, 0),
])]
#[case(RefundPolicy::Moderate, vec![
    tier("07-05 19:00", ALL), tier("07-10 19:00", 209_00), tier("07-11 19:00", 110_00), tier("07-12 19:00", 55_00), (None, 0),
])]
#[case(RefundPolicy::Limited, vec![tier("06-26 19:00", ALL), tier("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::Firm, vec![tier("06-10 19:00", ALL), tier("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::Strict, vec![tier("03-02 17:00", ALL), tier("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::SuperStrict30, vec![tier("06-10 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::SuperStrict60, vec![tier("05-11 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::NonRefundable, vec![(None, 0)])]
fn refund_schedule_of_each_policy(
    #[case] policy: RefundPolicy,
    #[case] expected: Vec<(Option<String>, i64)>,
) {
    assert_eq!(schedule(policy, BOOKED, BOOKED), expected);
}

#[test]
fn refund_schedule_begins_at_the_requested_instant() {
    let moderate = |from| schedule(RefundPolicy::Moderate, BOOKED, from);
    let last = vec![tier("07-12 19:00", 55_00), (None, 0)];
    assert_eq!(moderate("2026-07-11T19:00:00.000001Z"), last);
    assert_eq!(moderate("2026-07-12T19:00:00Z"), last);
    assert_eq!(moderate("2026-07-12T19:00:00.000001Z"), [(None, 0)]);
    assert_eq!(moderate("2030-01-01T00:00:00Z"), [(None, 0)]);
}

#[test]
fn grace_period_past_the_deadlines_is_a_tier_of_its_own() {
    let expected = [tier("07-04 19:00", ALL), (None, 0)];
    assert_eq!(
        schedule(
            RefundPolicy::Strict,
            "2026-07-03T19:00:00Z",
            "2026-07-03T19:00:00Z"
        ),
        expected
    );
}

#[test]
fn long_stay_tiers_follow_booking_time_and_each_later_night() {
    let price = priced("2026-07-10/2026-08-11", guests(2), |pricing| {
        pricing.taxes.clear();
    });
    let deadlines = deadlines("2026-07-10/2026-08-11", "2026-06-01T17:00:00Z");
    let of = |policy| {
        let terms = MarketplaceTerms::default();
        let steps =
            RefundTier::schedule(policy, &price, &deadlines, &terms, deadlines.booked_at).unwrap();
        steps
            .into_iter()
            .map(|step| (step.until, step.refund))
            .collect::<Vec<_>>()
    };
    let after = |first: &str| {
        vec![
            (Some(at(first)), usd(3_654_40)),
            (Some(at("2026-07-10T19:00:00Z")), usd(200_00)),
            (Some(at("2026-07-11T19:00:00Z")), usd(100_00)),
            (None, usd(0)),
        ]
    };
    assert_eq!(
        of(RefundPolicy::LongTermFirm),
        after("2026-06-10T19:00:00Z")
    );
    assert_eq!(
        of(RefundPolicy::LongTermStrict),
        after("2026-06-03T17:00:00Z")
    );
}

/// 28 nights at 1,182.35 with discounts of 3.31 and 33,102.49: 0.00 for the nights, 0.04 cleaning, and
/// a tax of 0.01 for each night of two guests. Rounding moves single units from night to night, which
/// the tax multiplies by 14.
#[test]
fn refund_of_a_stay_that_is_nearly_free_never_rises() {
    let price = priced("2026-07-10/2026-08-07", guests(2), |pricing| {
        pricing.nightly = usd(1_182_35);
        pricing.cleaning_fee = Some(usd(4));
    });
    let line = |kind, amount| PriceLine {
        kind,
        quantity: 1,
        unit_amount: usd(amount),
        amount: usd(amount),
        ..price.lines[0].clone()
    };
    let others = [
        line(LineKind::LengthOfStayDiscount, -3_31),
        line(LineKind::EarlyBirdDiscount, -33_102_49),
        line(LineKind::CleaningFee, 4),
        line(LineKind::ServiceFee, 1),
        line(LineKind::Tax, 56),
    ];
    let price = with_other_lines(price, others);
    assert_eq!(price.total, usd(61));
    let deadlines = deadlines("2026-07-10/2026-08-07", "2026-03-01T17:00:00Z");
    let tiers = RefundTier::schedule(
        RefundPolicy::Flexible,
        &price,
        &deadlines,
        &MarketplaceTerms::default(),
        at("2026-03-01T17:00:00Z"),
    )
    .unwrap();
    let refunds: Vec<_> = tiers.iter().map(|tier| tier.refund.amount()).collect();
    assert_eq!(refunds[0], 61);
    assert!(
        refunds.is_sorted_by(|early, late| early > late),
        "{refunds:?}"
    );
}
