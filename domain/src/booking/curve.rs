//! Refund schedule: the refund as a function of time.

use chrono::{DateTime, TimeDelta, Utc};

use super::cancellation::Refunds;
use super::refund_share::RefundShare;
use super::{Deadlines, Price, RefundPolicy};
use crate::shared::{MarketplaceTerms, Money, MoneyError};

/// A period during which the refund is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurveStep {
    /// Last instant of the period (UTC); absent on the last one.
    pub until: Option<DateTime<Utc>>,
    /// Amount refunded.
    pub refund: Money,
}

impl CurveStep {
    /// Refund schedule from an instant on: consecutive periods, each up to and including its last
    /// instant.
    ///
    /// # Errors
    /// [`MoneyError`] when the amounts of the lines cannot be combined.
    pub fn curve(
        policy: RefundPolicy,
        price: &Price,
        times: &Deadlines,
        terms: &MarketplaceTerms,
        from: DateTime<Utc>,
    ) -> Result<Vec<Self>, MoneyError> {
        let mut refunds = Refunds::of(price);
        let mut steps: Vec<Self> = Vec::with_capacity(4);
        let mut last = from;
        for instant in turning_points(times, terms)
            .into_iter()
            .filter(|&instant| instant >= from)
        {
            let refund = refunds
                .share(RefundShare::of(policy, times, terms, instant))?
                .refund;
            push(
                &mut steps,
                Self {
                    until: Some(instant),
                    refund,
                },
            );
            last = instant + TimeDelta::nanoseconds(1);
        }
        let refund = refunds
            .share(RefundShare::of(policy, times, terms, last))?
            .refund;
        push(
            &mut steps,
            Self {
                until: None,
                refund,
            },
        );
        Ok(steps)
    }
}

/// Every instant after which the refund may change under some policy, in ascending order.
fn turning_points(times: &Deadlines, terms: &MarketplaceTerms) -> Vec<DateTime<Utc>> {
    let mut instants: Vec<_> = times
        .stay
        .dates()
        .map(|night| times.check_in_time(night))
        .collect();
    instants.extend([60, 30, 28, 14, 7, 5].map(|days| times.days_before(days)));
    instants.extend([
        times.hours_before(24),
        times.booked_at + TimeDelta::hours(48),
    ]);
    instants.extend(times.grace_ends(terms));
    instants.sort_unstable();
    instants.dedup();
    instants
}

fn push(steps: &mut Vec<CurveStep>, step: CurveStep) {
    match steps.last_mut() {
        Some(last) if last.refund == step.refund => last.until = step.until,
        _ => steps.push(step),
    }
}
