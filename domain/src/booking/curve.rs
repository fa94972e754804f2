//! A refund over time.

use chrono::{DateTime, TimeDelta, Utc};

use super::cancellation::Refunds;
use super::refund_share::RefundShare;
use super::{Deadlines, Price, RefundPolicy};
use crate::shared::{MarketplaceTerms, Money, MoneyError};

/// A stretch of time in which the refund is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurveStep {
    /// Its last instant; absent on the last step.
    pub until: Option<DateTime<Utc>>,
    /// What comes back.
    pub refund: Money,
}

impl CurveStep {
    /// The refund from an instant on, as steps in order: each says what comes back after the step before it, up
    /// to and including its own last instant.
    ///
    /// # Errors
    /// [`MoneyError`] when the price's lines do not fit together.
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

/// Every instant after which some policy may give another refund, in order.
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
