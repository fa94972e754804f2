//! Refund rule of a policy at an instant.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund_policy::RefundPolicy;
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
    /// The table of policies. The instant of a deadline still counts as in time.
    ///
    /// Source: the domain rules of Sojourn, section *Cancellation by the guest*.
    pub(crate) fn of(
        policy: RefundPolicy,
        deadlines: &Deadlines,
        terms: &MarketplaceTerms,
        at: DateTime<Utc>,
    ) -> Self {
        if policy.has_grace() && deadlines.grace_ends(terms).is_some_and(|end| at <= end) {
            return Self::All;
        }
        let before = |days| at <= deadlines.days_before(days);
        match policy {
            RefundPolicy::Flexible if at <= deadlines.hours_before(24) => Self::All,
            RefundPolicy::Flexible => Self::after_stayed(deadlines, at, 1, BasisPoints::WHOLE),
            RefundPolicy::Moderate if before(5) => Self::All,
            RefundPolicy::Moderate => Self::after_stayed(deadlines, at, 1, BasisPoints::HALF),
            RefundPolicy::Limited if before(14) => Self::All,
            RefundPolicy::Firm if before(30) => Self::All,
            RefundPolicy::Limited | RefundPolicy::Firm | RefundPolicy::Strict => {
                Self::half_if(before(7))
            }
            RefundPolicy::SuperStrict30 => Self::half_if(before(30)),
            RefundPolicy::SuperStrict60 => Self::half_if(before(60)),
            RefundPolicy::NonRefundable => Self::Percent(BasisPoints::ZERO),
            RefundPolicy::LongTermFirm if before(30) => Self::All,
            RefundPolicy::LongTermStrict
                if before(28) && at <= deadlines.booked_at + TimeDelta::hours(48) =>
            {
                Self::All
            }
            RefundPolicy::LongTermFirm | RefundPolicy::LongTermStrict => {
                Self::after_stayed(deadlines, at, 30, BasisPoints::WHOLE)
            }
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

    const fn half_if(in_time: bool) -> Self {
        Self::Percent(if in_time {
            BasisPoints::HALF
        } else {
            BasisPoints::ZERO
        })
    }

    /// The host keeps the nights stayed and `more` nights after them.
    fn after_stayed(
        deadlines: &Deadlines,
        at: DateTime<Utc>,
        more: u32,
        others: BasisPoints,
    ) -> Self {
        Self::AfterNights {
            kept: deadlines.nights_stayed(at) + more,
            others,
            fees: at <= deadlines.check_in(),
        }
    }
}
