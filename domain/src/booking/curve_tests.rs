//! Refund schedules.

use rstest::rstest;

use super::refund_cases::{four_nights, priced, times};
use super::{CurveStep, RefundPolicy};
use crate::fixtures::{at, guests, usd};
use crate::shared::MarketplaceTerms;

fn curve(policy: RefundPolicy, booked: &str, from: &str) -> Vec<(Option<String>, i64)> {
    let times = times("2026-07-10/2026-07-14", booked);
    let terms = MarketplaceTerms::default();
    let steps = CurveStep::curve(policy, &four_nights(), &times, &terms, at(from)).unwrap();
    let text = |instant: chrono::DateTime<chrono::Utc>| instant.format("%m-%d %H:%M").to_string();
    steps
        .into_iter()
        .map(|step| (step.until.map(text), step.refund.amount()))
        .collect()
}

fn step(until: &str, refund: i64) -> (Option<String>, i64) {
    (Some(until.to_owned()), refund)
}

const BOOKED: &str = "2026-03-01T17:00:00Z";
const ALL: i64 = 546_48;
const HALF: i64 = 242_00;

#[rstest]
#[case(RefundPolicy::Flexible, vec![
    step("07-09 19:00", ALL), step("07-10 19:00", 374_00), step("07-11 19:00", 220_00), step("07-12 19:00", 110_00), (None, 0),
])]
#[case(RefundPolicy::Moderate, vec![
    step("07-05 19:00", ALL), step("07-10 19:00", 209_00), step("07-11 19:00", 110_00), step("07-12 19:00", 55_00), (None, 0),
])]
#[case(RefundPolicy::Limited, vec![step("06-26 19:00", ALL), step("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::Firm, vec![step("06-10 19:00", ALL), step("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::Strict, vec![step("03-02 17:00", ALL), step("07-03 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::SuperStrict30, vec![step("06-10 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::SuperStrict60, vec![step("05-11 19:00", HALF), (None, 0)])]
#[case(RefundPolicy::NonRefundable, vec![(None, 0)])]
fn the_whole_curve_of_each_policy(
    #[case] policy: RefundPolicy,
    #[case] expected: Vec<(Option<String>, i64)>,
) {
    assert_eq!(curve(policy, BOOKED, BOOKED), expected);
}

#[test]
fn a_curve_begins_when_it_is_asked_for() {
    let moderate = |from| curve(RefundPolicy::Moderate, BOOKED, from);
    let last = vec![step("07-12 19:00", 55_00), (None, 0)];
    assert_eq!(moderate("2026-07-11T19:00:00.000001Z"), last);
    assert_eq!(moderate("2026-07-12T19:00:00Z"), last);
    assert_eq!(moderate("2026-07-12T19:00:00.000001Z"), [(None, 0)]);
    assert_eq!(moderate("2030-01-01T00:00:00Z"), [(None, 0)]);
}

#[test]
fn grace_after_the_deadlines_is_a_step_of_its_own() {
    let expected = [step("07-04 19:00", ALL), (None, 0)];
    assert_eq!(
        curve(
            RefundPolicy::Strict,
            "2026-07-03T19:00:00Z",
            "2026-07-03T19:00:00Z"
        ),
        expected
    );
}

#[test]
fn long_stays_turn_on_the_booking_and_on_each_night_after_the_kept_ones() {
    let price = priced("2026-07-10/2026-08-11", guests(2), |pricing| {
        pricing.taxes.clear()
    });
    let times = times("2026-07-10/2026-08-11", "2026-06-01T17:00:00Z");
    let of = |policy| {
        let terms = MarketplaceTerms::default();
        let steps = CurveStep::curve(policy, &price, &times, &terms, times.booked_at).unwrap();
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
