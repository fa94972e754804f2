//! Refund rule of a policy at an instant.

use chrono::{DateTime, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_steps::RefundShare;
use crate::shared::basis_points::BasisPoints;
use crate::shared::marketplace_terms::MarketplaceTerms;

/// Rule for the refunded part of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefundRule {
    /// Everything, including service fee and taxes.
    All,
    /// This share of each host line.
    Percent(BasisPoints),
    /// The host keeps the first nights; this share of the remaining ones is refunded. Cleaning and
    /// pet fees are refunded in full or not at all.
    AfterNights {
        kept: u32,
        others: BasisPoints,
        fees: bool,
    },
}

impl RefundRule {
    /// Rule that applies to a cancellation at an instant: that of the first deadline of the policy
    /// which has not passed. The instant of a deadline still counts as in time.
    pub(crate) fn of(
        policy: RefundPolicy,
        deadlines: &Deadlines,
        terms: &MarketplaceTerms,
        at: DateTime<Utc>,
    ) -> Self {
        if policy.has_grace() && deadlines.grace_ends(terms).is_some_and(|end| at <= end) {
            return Self::All;
        }
        let steps = policy.steps();
        let share = steps
            .before
            .iter()
            .find(|step| at <= step.until.instant(deadlines))
            .map_or(steps.afterwards, |step| step.refund);
        match share {
            RefundShare::All => Self::All,
            RefundShare::OfEachLine(share) => Self::Percent(share),
            RefundShare::AfterNightsStayed { more, others } => Self::AfterNights {
                kept: deadlines.nights_stayed(at) + more,
                others,
                fees: at <= deadlines.check_in(),
            },
        }
    }

    /// Number of nights, from the first, whose price the host keeps. A share of several nights
    /// counts as that many nights, rounded up.
    pub(crate) fn nights_kept(self, nights: u32) -> u32 {
        let unrefunded = |nights: u32, share: BasisPoints| {
            let kept = u64::from(nights) * u64::from(BasisPoints::WHOLE.get() - share.get());
            u32::try_from(kept.div_ceil(BasisPoints::WHOLE.get().into())).unwrap_or(nights)
        };
        match self {
            Self::All => 0,
            Self::Percent(share) => unrefunded(nights, share),
            Self::AfterNights { kept, others, .. } => {
                let kept = kept.min(nights);
                kept + unrefunded(nights - kept, others)
            }
        }
    }
}
