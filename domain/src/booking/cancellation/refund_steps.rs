//! The table of refund policies: deadlines before the check-in time and what is refunded until them.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::shared::basis_points::BasisPoints;

/// Deadline of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deadline {
    /// So many calendar days before the check-in time, in the property's zone.
    DaysBefore(u32),
    /// So many elapsed hours before the check-in time.
    HoursBefore(u32),
    /// So many hours after the booking was made, and never later than so many days before check-in.
    HoursAfterBooking { hours: u32, days_before: u32 },
}

impl Deadline {
    /// The last instant in time.
    pub(crate) fn instant(self, deadlines: &Deadlines) -> DateTime<Utc> {
        match self {
            Self::DaysBefore(days) => deadlines.days_before(days),
            Self::HoursBefore(hours) => deadlines.hours_before(hours),
            Self::HoursAfterBooking { hours, days_before } => {
                let after = deadlines.booked_at + TimeDelta::hours(hours.into());
                after.min(deadlines.days_before(days_before))
            }
        }
    }
}

/// Refunded part of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefundShare {
    /// Everything, including service fee and taxes.
    All,
    /// This share of each host line.
    OfEachLine(BasisPoints),
    /// The host keeps the nights stayed and `more` nights; this share of the others is refunded.
    AfterNightsStayed { more: u32, others: BasisPoints },
}

/// Refund until a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefundStep {
    pub(crate) until: Deadline,
    pub(crate) refund: RefundShare,
}

/// All steps of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefundSteps {
    /// Steps in the order of their deadlines.
    pub(crate) before: &'static [RefundStep],
    /// Refund after the last deadline.
    pub(crate) afterwards: RefundShare,
}

impl RefundSteps {
    /// Returns `true` if the refund depends on the number of nights stayed.
    pub(crate) fn counts_nights(&self) -> bool {
        let depends = |share| matches!(share, RefundShare::AfterNightsStayed { .. });
        depends(self.afterwards) || self.before.iter().any(|step| depends(step.refund))
    }
}

const NOTHING: RefundShare = RefundShare::OfEachLine(BasisPoints::ZERO);
const HALF: RefundShare = RefundShare::OfEachLine(BasisPoints::HALF);

const fn days_before(days: u32, refund: RefundShare) -> RefundStep {
    RefundStep {
        until: Deadline::DaysBefore(days),
        refund,
    }
}

const FLEXIBLE: &[RefundStep] = &[RefundStep {
    until: Deadline::HoursBefore(24),
    refund: RefundShare::All,
}];
const MODERATE: &[RefundStep] = &[days_before(5, RefundShare::All)];
const LIMITED: &[RefundStep] = &[days_before(14, RefundShare::All), days_before(7, HALF)];
const FIRM: &[RefundStep] = &[days_before(30, RefundShare::All), days_before(7, HALF)];
const STRICT: &[RefundStep] = &[days_before(7, HALF)];
const SUPER_STRICT_30: &[RefundStep] = &[days_before(30, HALF)];
const SUPER_STRICT_60: &[RefundStep] = &[days_before(60, HALF)];
const LONG_TERM_FIRM: &[RefundStep] = &[days_before(30, RefundShare::All)];
const LONG_TERM_STRICT: &[RefundStep] = &[RefundStep {
    until: Deadline::HoursAfterBooking {
        hours: 48,
        days_before: 28,
    },
    refund: RefundShare::All,
}];

impl RefundPolicy {
    /// The steps of the policy, without the grace period.
    ///
    /// Source: the domain rules of Sojourn, section *Cancellation by the guest*.
    pub(crate) const fn steps(self) -> RefundSteps {
        let before = match self {
            Self::Flexible => FLEXIBLE,
            Self::Moderate => MODERATE,
            Self::Limited => LIMITED,
            Self::Firm => FIRM,
            Self::Strict => STRICT,
            Self::SuperStrict30 => SUPER_STRICT_30,
            Self::SuperStrict60 => SUPER_STRICT_60,
            Self::NonRefundable => &[],
            Self::LongTermFirm => LONG_TERM_FIRM,
            Self::LongTermStrict => LONG_TERM_STRICT,
        };
        RefundSteps {
            before,
            afterwards: self.after_deadlines(),
        }
    }

    const fn after_deadlines(self) -> RefundShare {
        match self {
            Self::Flexible => RefundShare::AfterNightsStayed {
                more: 1,
                others: BasisPoints::WHOLE,
            },
            Self::Moderate => RefundShare::AfterNightsStayed {
                more: 1,
                others: BasisPoints::HALF,
            },
            Self::LongTermFirm | Self::LongTermStrict => RefundShare::AfterNightsStayed {
                more: 30,
                others: BasisPoints::WHOLE,
            },
            Self::Limited
            | Self::Firm
            | Self::Strict
            | Self::SuperStrict30
            | Self::SuperStrict60
            | Self::NonRefundable => NOTHING,
        }
    }
}
