//! Invariants of refunds for every price, policy, time zone and instant.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::host_fee::host_cancellation_fee;
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::cancellation::refund_strategies::with_other_lines;
use crate::booking::cancellation::refund_strategies::{any_stay, bps};
use crate::booking::pricing::price::{LineKind, Price, PriceLine};
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

/// Refunded and retained amounts sum to the amount paid, per line and in total.
fn check(price: &Price, refund: &Refund) -> Result<(), TestCaseError> {
    prop_assert_eq!(refund.refund.checked_add(refund.kept).unwrap(), price.total);
    let sum = Money::sum(
        price.currency(),
        refund.lines.iter().map(|line| line.refunded),
    )
    .unwrap();
    prop_assert_eq!(sum, refund.refund);
    prop_assert!(
        refund.refund.amount() >= 0 && refund.kept.amount() >= 0,
        "{:?}",
        refund
    );
    prop_assert_eq!(refund.lines.len(), price.lines.len());
    for (line, paid) in refund.lines.iter().zip(&price.lines) {
        prop_assert_eq!((line.kind, line.paid), (paid.kind, paid.amount));
        let (paid, refunded) = (line.paid.amount(), line.refunded.amount());
        prop_assert!(
            (paid.min(0)..=paid.max(0)).contains(&refunded),
            "{:?}",
            line
        );
    }
    Ok(())
}

fn by_guest(
    policy: RefundPolicy,
    price: &Price,
    deadlines: &Deadlines,
    at: DateTime<Utc>,
) -> Refund {
    Refund::by_guest(policy, price, deadlines, &MarketplaceTerms::default(), at).unwrap()
}

/// The periods are consecutive, and each instant has the refund of its period.
fn check_schedule(
    policy: RefundPolicy,
    price: &Price,
    deadlines: &Deadlines,
    from: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let curve =
        RefundTier::schedule(policy, price, deadlines, &MarketplaceTerms::default(), from).unwrap();
    let mut begins = from;
    for (
        place,
        RefundTier {
            until,
            refund: promised,
        },
    ) in curve.iter().enumerate()
    {
        prop_assert_eq!(until.is_none(), place + 1 == curve.len());
        let last = until.unwrap_or(begins + TimeDelta::days(900));
        prop_assert!(begins <= last);
        for instant in [begins, begins + (last - begins) / 2, last] {
            prop_assert_eq!(
                by_guest(policy, price, deadlines, instant).refund,
                *promised,
                "{}",
                instant
            );
        }
        prop_assert!(place == 0 || curve[place - 1].refund.amount() > promised.amount());
        begins = last + TimeDelta::microseconds(1);
    }
    Ok(())
}

/// A price of at most ten minor units after discounts, whose taxes multiply every unit.
fn nearly_free_stay() -> impl Strategy<Value = (Price, Deadlines)> {
    let amounts = (0_i64..200, 0_i64..10, 0_i64..10, 0_i64..60, 0_usize..2);
    (any_stay(1..40), amounts).prop_map(|((price, deadlines), (first, left, fee, tax, split))| {
        let money = |amount| Money::new(amount, price.currency());
        let nights: i64 = price.nights.iter().map(|night| night.amount.amount()).sum();
        let discount = (left - nights).min(0);
        let small = if split == 0 { 0 } else { discount.max(-first) };
        let line = |kind, amount| PriceLine {
            unit_amount: money(amount),
            amount: money(amount),
            ..line_of(&price, kind)
        };
        let others = [
            line(LineKind::LengthOfStayDiscount, small),
            line(LineKind::EarlyBirdDiscount, discount - small),
            line(LineKind::CleaningFee, fee),
            line(LineKind::Tax, tax),
        ];
        (with_other_lines(price, others), deadlines)
    })
}

fn line_of(price: &Price, kind: LineKind) -> PriceLine {
    PriceLine {
        kind,
        quantity: 1,
        ..price.lines[0].clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn refund_of_a_nearly_free_stay_never_rises(
        (price, deadlines) in nearly_free_stay(), policy in prop::sample::select(RefundPolicy::ALL),
    ) {
        check_schedule(policy, &price, &deadlines, deadlines.booked_at)?;
    }
}

proptest! {
    #[test]
    fn refund_and_kept_sum_to_paid_on_every_line(
        (price, deadlines) in any_stay(1..70), policy in prop::sample::select(RefundPolicy::ALL), hours in -3_000_i64..1_800,
    ) {
        let at = deadlines.check_in() + TimeDelta::minutes(60 * hours);
        let refund = by_guest(policy, &price, &deadlines, at);
        check(&price, &refund)?;
        let whole = refund.refund == price.total;
        for line in refund.lines.iter().filter(|line| line.kind == LineKind::ServiceFee) {
            prop_assert!(line.refunded.is_zero() || whole && line.refunded == line.paid);
        }
    }

    #[test]
    fn granted_and_host_refunds_stay_within_the_price((price, deadlines) in any_stay(1..70), share in 0_u32..=10_000) {
        check(&price, &Refund::granted(&price, bps(share)).unwrap())?;
        prop_assert_eq!(Refund::granted(&price, bps(10_000)).unwrap(), Refund::full(&price).unwrap());
        prop_assert_eq!(Refund::full(&price).unwrap().kept, Money::zero(price.currency()));
        let fee = host_cancellation_fee(&price, &deadlines, &MarketplaceTerms::default(), deadlines.booked_at).unwrap();
        prop_assert!(fee.amount() >= 50_00);
    }

    #[test]
    fn refund_never_rises_with_time(
        (price, deadlines) in any_stay(1..40), policy in prop::sample::select(RefundPolicy::ALL), hours in -3_000_i64..1_000, later in 0_i64..1_000,
    ) {
        let at = deadlines.check_in() + TimeDelta::hours(hours);
        let (early, late) = (by_guest(policy, &price, &deadlines, at), by_guest(policy, &price, &deadlines, at + TimeDelta::hours(later)));
        prop_assert!(late.refund.amount() <= early.refund.amount(), "{} then {}", early.refund, late.refund);
    }

    #[test]
    fn refund_schedule_matches_the_refund_at_each_instant(
        (price, deadlines) in any_stay(1..40), policy in prop::sample::select(RefundPolicy::ALL), later in 0_i64..3_000,
    ) {
        check_schedule(policy, &price, &deadlines, deadlines.booked_at + TimeDelta::hours(later))?;
    }

    #[test]
    fn nights_are_counted_as_they_pass((_, deadlines) in any_stay(1..60), hours in -100_i64..2_000) {
        let at = deadlines.check_in() + TimeDelta::hours(hours);
        let passed = deadlines.stay.dates().filter(|&night| deadlines.check_in_time(night) < at).count();
        prop_assert_eq!(deadlines.nights_stayed(at) as usize, passed);
    }
}
