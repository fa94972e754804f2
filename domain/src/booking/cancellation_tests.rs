//! Refunds, policy by policy and instant by instant.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rstest::rstest;

use super::{Booking, CurveStep, Deadlines, Price, Rate, Refund, RefundPolicy, host_cancellation_fee};
use crate::fixtures::{at, cabin, confirmed, price_of, stay, usd};
use crate::property::{Tax, TaxRate};
use crate::shared::{BasisPoints, MarketplaceTerms, Money};

/// Four nights at 100.00 and 40.00 cleaning; service fee 62.48, 10 % tax 44.00; total 546.48. Check-in is at
/// 2026-07-10 15:00 in New York, which is 19:00 UTC.
fn priced() -> Price {
    let property = cabin(|details| {
        let pricing = details.pricing.as_mut().unwrap();
        pricing.cleaning_fee = Some(usd(40_00));
        let rate = TaxRate::Percent { bps: BasisPoints::try_new(1_000).unwrap() };
        pricing.taxes = vec![Tax { name: "Tax".into(), rate, exempt_from_nights: None }];
    });
    price_of(&property, "2026-07-10/2026-07-14", Rate::Standard)
}

fn times(dates: &str, booked: &str) -> Deadlines {
    Deadlines {
        stay: stay(dates),
        zone: chrono_tz::America::New_York,
        check_in_from: chrono::NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
        booked_at: at(booked),
        confirmed_at: at(booked),
    }
}

const ALL: i64 = 546_48;
const HALF: i64 = 242_00; // half of 440.00 and of its tax
#[rstest]
#[case(RefundPolicy::Flexible, "2026-07-09T19:00:00Z", ALL)]
#[case(RefundPolicy::Flexible, "2026-07-09T19:00:00.000001Z", 374_00)] // one night kept
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:00Z", 374_00)]
#[case(RefundPolicy::Flexible, "2026-07-10T19:00:00.000001Z", 220_00)] // one stayed, one more, no cleaning
#[case(RefundPolicy::Flexible, "2026-07-13T19:00:01Z", 0)]
#[case(RefundPolicy::Moderate, "2026-07-05T19:00:00Z", ALL)]
#[case(RefundPolicy::Moderate, "2026-07-05T19:00:01Z", 209_00)] // half of three nights, and cleaning
#[case(RefundPolicy::Moderate, "2026-07-11T20:00:00Z", 55_00)] // two stayed, one more, half of the last
#[case(RefundPolicy::Limited, "2026-06-26T19:00:00Z", ALL)]
#[case(RefundPolicy::Limited, "2026-06-26T19:00:01Z", HALF)]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:00Z", HALF)]
#[case(RefundPolicy::Limited, "2026-07-03T19:00:01Z", 0)]
#[case(RefundPolicy::Firm, "2026-06-10T19:00:00Z", ALL)]
#[case(RefundPolicy::Firm, "2026-06-10T19:00:01Z", HALF)]
#[case(RefundPolicy::Strict, "2026-05-01T00:00:00Z", HALF)]
#[case(RefundPolicy::Strict, "2026-07-03T19:00:01Z", 0)]
#[case(RefundPolicy::SuperStrict30, "2026-06-10T19:00:00Z", HALF)]
#[case(RefundPolicy::SuperStrict30, "2026-06-10T19:00:01Z", 0)]
#[case(RefundPolicy::SuperStrict60, "2026-05-11T19:00:01Z", 0)]
#[case(RefundPolicy::NonRefundable, "2026-03-01T17:00:01Z", 0)]
fn each_policy_at_its_deadlines(#[case] policy: RefundPolicy, #[case] now: &str, #[case] refund: i64) {
    let times = times("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z");
    let got = Refund::by_guest(policy, &priced(), &times, &MarketplaceTerms::default(), at(now)).unwrap();
    assert_eq!(got.refund, usd(refund));
    assert_eq!(got.refund.plus(got.kept).unwrap(), usd(ALL));
}

#[rstest]
#[case(RefundPolicy::Strict, "2026-07-01T19:00:00Z", "2026-07-02T19:00:00Z", ALL)]
#[case(RefundPolicy::Strict, "2026-07-01T19:00:00Z", "2026-07-02T19:00:01Z", HALF)]
#[case(RefundPolicy::Strict, "2026-07-03T19:00:00Z", "2026-07-04T18:00:00Z", ALL)] // confirmed just 7 days ahead
#[case(RefundPolicy::Strict, "2026-07-03T19:00:01Z", "2026-07-03T19:30:00Z", 0)]
#[case(RefundPolicy::SuperStrict30, "2026-03-01T17:00:00Z", "2026-03-01T17:00:01Z", HALF)]
fn grace_after_confirmation(
    #[case] policy: RefundPolicy,
    #[case] booked: &str,
    #[case] now: &str,
    #[case] refund: i64,
) {
    let times = times("2026-07-10/2026-07-14", booked);
    let got = Refund::by_guest(policy, &priced(), &times, &MarketplaceTerms::default(), at(now)).unwrap();
    assert_eq!(got.refund, usd(refund));
}

/// Forty nights at 100.00, service fee 568.00.
#[rstest]
#[case(RefundPolicy::LongTermFirm, "2026-06-10T19:00:00Z", 4_568_00)]
#[case(RefundPolicy::LongTermFirm, "2026-06-10T19:00:01Z", 1_000_00)]
#[case(RefundPolicy::LongTermFirm, "2026-07-14T12:00:00Z", 600_00)] // four stayed, thirty more
#[case(RefundPolicy::LongTermStrict, "2026-06-03T17:00:00Z", 4_568_00)]
#[case(RefundPolicy::LongTermStrict, "2026-06-03T17:00:01Z", 1_000_00)]
fn long_stays(#[case] policy: RefundPolicy, #[case] now: &str, #[case] refund: i64) {
    let price = price_of(&cabin(|_| {}), "2026-07-10/2026-08-19", Rate::Standard);
    let times = times("2026-07-10/2026-08-19", "2026-06-01T17:00:00Z");
    let got = Refund::by_guest(policy, &price, &times, &MarketplaceTerms::default(), at(now)).unwrap();
    assert_eq!(got.refund, usd(refund));
}

#[test]
fn days_are_days_on_the_wall_when_the_clocks_change() {
    // New York springs forward on 2026-03-08: five days before 15:00 EDT is 15:00 EST.
    let times = times("2026-03-10/2026-03-12", "2026-01-01T00:00:00Z");
    assert_eq!(times.check_in(), at("2026-03-10T19:00:00Z"));
    assert_eq!(times.days_before(5), at("2026-03-05T20:00:00Z"));
    assert_eq!(times.hours_before(72), at("2026-03-07T19:00:00Z"));
}

#[rstest]
#[case("2026-06-10T18:59:59Z", 50_00)] // 10 % of 440.00 is less than the least
#[case("2026-06-10T19:00:00Z", 110_00)]
#[case("2026-07-08T19:00:00Z", 110_00)]
#[case("2026-07-08T19:00:01Z", 200_00)] // half of four nights
#[case("2026-07-11T20:00:00Z", 100_00)] // half of the two not stayed
fn a_host_who_cancels_pays(#[case] now: &str, #[case] fee: i64) {
    let times = times("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z");
    assert_eq!(host_cancellation_fee(&priced(), &times, at(now)).unwrap(), usd(fee));
}

fn check_curve(booking: &Booking, from: DateTime<Utc>) {
    let curve = booking.refund_curve(from).unwrap();
    let refund = |at| {
        Refund::by_guest(booking.policy, &booking.price, &booking.deadlines(), &booking.terms, at)
            .unwrap()
            .refund
    };
    let mut begins = from;
    for CurveStep { until, refund: promised } in &curve {
        let last = until.unwrap_or(begins + TimeDelta::days(400));
        for instant in [begins, begins + (last - begins) / 2, last] {
            assert_eq!(refund(instant), *promised, "{instant}");
        }
        begins = last + TimeDelta::microseconds(1);
    }
    assert_eq!(curve.iter().filter(|step| step.until.is_none()).count(), 1);
}

proptest! {
    #[test]
    fn refund_and_kept_are_what_was_paid_on_every_line(
        policy in prop::sample::select(RefundPolicy::ALL), nightly in 1_i64..1_000_000, weekly in 0_u32..=10_000,
        cleaning in 0_i64..100_000, tax in 0_u32..=3_000, nights in 1_u64..70, hours in -3_000_i64..1_800,
    ) {
        let property = cabin(|details| {
            let pricing = details.pricing.as_mut().unwrap();
            (pricing.nightly, pricing.weekend) = (usd(nightly), Some(usd(nightly + 333)));
            (pricing.cleaning_fee, pricing.weekly_discount_bps) = (Some(usd(cleaning)), BasisPoints::try_new(weekly).unwrap());
            let rate = TaxRate::Percent { bps: BasisPoints::try_new(tax).unwrap() };
            pricing.taxes = vec![Tax { name: "Tax".into(), rate, exempt_from_nights: None }];
        });
        let first = stay("2026-07-10/2026-07-11").check_in();
        let dates = format!("{first}/{}", first + chrono::Days::new(nights));
        let price = price_of(&property, &dates, Rate::Standard);
        let times = times(&dates, "2026-03-01T17:00:00Z");
        let now = times.check_in() + TimeDelta::hours(hours);
        let got = Refund::by_guest(policy, &price, &times, &MarketplaceTerms::default(), now).unwrap();
        prop_assert_eq!(got.refund.plus(got.kept).unwrap(), price.total);
        let sum = Money::sum(price.currency(), got.lines.iter().map(|line| line.refunded)).unwrap();
        prop_assert_eq!(sum, got.refund);
        prop_assert!(got.refund.amount() >= 0 && got.kept.amount() >= 0);
        for line in &got.lines {
            let (paid, refunded) = (line.paid.amount(), line.refunded.amount());
            prop_assert!(refunded.abs() <= paid.abs() && refunded.signum() * paid.signum() >= 0, "{:?}", line);
        }
    }

    #[test]
    fn the_curve_says_what_each_instant_gives(nights in 1_u64..40, ahead in 1_i64..120, later in 0_i64..3_000) {
        let first = stay("2026-07-10/2026-07-11").check_in();
        let dates = format!("{first}/{}", first + chrono::Days::new(nights));
        let booked = at("2026-07-10T19:00:00Z") - TimeDelta::days(ahead);
        for policy in crate::property::CancellationPolicy::ALL {
            let booking = confirmed(&cabin(|details| details.cancellation_policy = *policy), &dates, booked);
            check_curve(&booking, booked + TimeDelta::hours(later));
        }
    }
}
