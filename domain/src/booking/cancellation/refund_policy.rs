//! Refund policies. The policy of a booking is fixed when it is made.

use crate::booking::pricing::price::RatePlan;
use crate::property::details::PropertyDetails;
use crate::property::enums::{CancellationPolicy, LongStayPolicy};
use crate::shared::stay::Stay;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Refund policy for cancellations by the guest: a schedule of deadlines before the check-in
    /// time, in the property's time zone.
    RefundPolicy {
        /// Full refund until 24 hours before; then the host keeps the nights stayed and one more.
        Flexible = "flexible",
        /// Full refund until 5 days before; then the host keeps the nights stayed, one more, and
        /// half of the others.
        Moderate = "moderate",
        /// Full refund until 14 days before, half until 7 days before.
        Limited = "limited",
        /// Full refund until 30 days before, half until 7 days before.
        Firm = "firm",
        /// Half refund until 7 days before.
        Strict = "strict",
        /// Half refund until 30 days before; no grace period.
        SuperStrict30 = "super_strict_30",
        /// Half refund until 60 days before; no grace period.
        SuperStrict60 = "super_strict_60",
        /// No refund at any time; the guest chose the non-refundable rate.
        NonRefundable = "non_refundable",
        /// Full refund until 30 days before; then the host keeps the first 30 nights, in mid-stay
        /// the next 30.
        LongTermFirm = "long_term_firm",
        /// Full refund within 48 hours of booking and at least 28 days before; then as
        /// [`RefundPolicy::LongTermFirm`].
        LongTermStrict = "long_term_strict",
    }
}

impl RefundPolicy {
    /// Number of nights from which the property's long-stay policy applies.
    pub const LONG_STAY_NIGHTS: u32 = 28;

    /// Policy that applies to a stay. The non-refundable rate takes precedence, then the long-stay
    /// policy, then the property's policy.
    #[must_use]
    pub fn in_force(details: &PropertyDetails, stay: Stay, rate: RatePlan) -> Self {
        if rate == RatePlan::NonRefundable {
            return Self::NonRefundable;
        }
        if stay.nights() >= Self::LONG_STAY_NIGHTS {
            details.long_stay_policy.into()
        } else {
            details.cancellation_policy.into()
        }
    }

    /// Returns `true` if the policy has a grace period with a full refund after confirmation.
    #[must_use]
    pub const fn has_grace(self) -> bool {
        matches!(
            self,
            Self::Flexible | Self::Moderate | Self::Limited | Self::Firm | Self::Strict
        )
    }
}

impl From<CancellationPolicy> for RefundPolicy {
    fn from(policy: CancellationPolicy) -> Self {
        match policy {
            CancellationPolicy::Flexible => Self::Flexible,
            CancellationPolicy::Moderate => Self::Moderate,
            CancellationPolicy::Limited => Self::Limited,
            CancellationPolicy::Firm => Self::Firm,
            CancellationPolicy::Strict => Self::Strict,
            CancellationPolicy::SuperStrict30 => Self::SuperStrict30,
            CancellationPolicy::SuperStrict60 => Self::SuperStrict60,
        }
    }
}

impl From<LongStayPolicy> for RefundPolicy {
    fn from(policy: LongStayPolicy) -> Self {
        match policy {
            LongStayPolicy::Firm => Self::LongTermFirm,
            LongStayPolicy::Strict => Self::LongTermStrict,
        }
    }
}
