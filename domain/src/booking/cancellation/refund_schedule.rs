//! Refund schedule: the refund as a function of time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund::RefundCalculator;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_rule::RefundRule;
use crate::booking::pricing::price::Price;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::{Money, MoneyError};

/// A period during which the refund is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RefundTier {
    /// Last instant of the period (UTC); absent on the last one.
    pub until: Option<DateTime<Utc>>,
    /// Amount refunded.
    pub refund: Money,
}

impl RefundTier {
    /// Refund schedule from an instant on: consecutive periods, each up to and including its last
    /// instant.
    ///
    /// # Errors
    /// [`MoneyError`] when the amounts of the lines cannot be combined.
    pub fn schedule(
        policy: RefundPolicy,
        price: &Price,
        deadlines: &Deadlines,
        terms: &MarketplaceTerms,
        from: DateTime<Utc>,
    ) -> Result<Vec<Self>, MoneyError> {
        let mut refunds = RefundCalculator::of(price);
        let mut tiers: Vec<Self> = Vec::with_capacity(4);
        let mut last = from;
        for instant in refund_deadlines(policy, deadlines, terms)
            .into_iter()
            .filter(|&instant| instant >= from)
        {
            let refund = refunds
                .apply(RefundRule::of(policy, deadlines, terms, instant))?
                .refund;
            push(
                &mut tiers,
                Self {
                    until: Some(instant),
                    refund,
                },
            );
            last = instant + TimeDelta::nanoseconds(1);
        }
        let refund = refunds
            .apply(RefundRule::of(policy, deadlines, terms, last))?
            .refund;
        push(
            &mut tiers,
            Self {
                until: None,
                refund,
            },
        );
        Ok(tiers)
    }
}

/// Every instant after which the refund may change under the policy, in ascending order.
pub(crate) fn refund_deadlines(
    policy: RefundPolicy,
    deadlines: &Deadlines,
    terms: &MarketplaceTerms,
) -> Vec<DateTime<Utc>> {
    let steps = policy.steps();
    let mut instants: Vec<_> = steps
        .before
        .iter()
        .map(|step| step.until.instant(deadlines))
        .collect();
    if steps.counts_nights() {
        let nights = deadlines.stay.dates();
        instants.extend(nights.map(|night| deadlines.check_in_time(night)));
    }
    if policy.has_grace() {
        instants.extend(deadlines.grace_ends(terms));
    }
    instants.sort_unstable();
    instants.dedup();
    instants
}

fn push(tiers: &mut Vec<RefundTier>, tier: RefundTier) {
    match tiers.last_mut() {
        Some(last) if last.refund == tier.refund => last.until = tier.until,
        _ => tiers.push(tier),
    }
}
