//! A refund over time.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Deadlines, Price, Refund, RefundPolicy};
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
    /// The refund from an instant on, as steps in order.
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
        let mut instants: Vec<_> = [60, 30, 28, 14, 7, 5].map(|days| times.days_before(days)).into();
        instants.extend([times.hours_before(24), times.booked_at + TimeDelta::hours(48)]);
        instants.extend(times.grace_ends(terms));
        instants.extend(times.stay.dates().map(|night| times.check_in_time(night)));
        instants.retain(|&instant| instant >= from);
        instants.sort_unstable();
        let mut steps: Vec<Self> = Vec::with_capacity(4);
        for instant in instants {
            let refund = Refund::by_guest(policy, price, times, terms, instant)?.refund;
            push(&mut steps, Self { until: Some(instant), refund });
        }
        let after =
            steps.last().and_then(|step| step.until).map_or(from, |last| last + TimeDelta::microseconds(1));
        let refund = Refund::by_guest(policy, price, times, terms, after)?.refund;
        push(&mut steps, Self { until: None, refund });
        Ok(steps)
    }
}

fn push(steps: &mut Vec<CurveStep>, step: CurveStep) {
    match steps.last_mut() {
        Some(last) if last.refund == step.refund => last.until = step.until,
        _ => steps.push(step),
    }
}
