//! Which refund rule a booking is under, fixed when it is made.

use super::Rate;
use crate::property::{CancellationPolicy, LongStayPolicy, PropertyDetails, words};
use crate::shared::Stay;

words! {
    /// What a guest gets back on cancellation. Each is a schedule of deadlines before the check-in time, in the
    /// property's zone.
    RefundPolicy {
        /// All until 24 hours before; then the host keeps the nights stayed and one more.
        Flexible = "flexible",
        /// All until 5 days before; then the host keeps the nights stayed, one more, and half of the others.
        Moderate = "moderate",
        /// All until 14 days before, half until 7.
        Limited = "limited",
        /// All until 30 days before, half until 7.
        Firm = "firm",
        /// Half until 7 days before.
        Strict = "strict",
        /// Half until 30 days before; no grace.
        SuperStrict30 = "super_strict_30",
        /// Half until 60 days before; no grace.
        SuperStrict60 = "super_strict_60",
        /// Nothing, ever; the guest chose this rate.
        NonRefundable = "non_refundable",
        /// All until 30 days before; then the first 30 nights are kept, mid-stay the next 30.
        LongTermFirm = "long_term_firm",
        /// All within 48 hours of booking, 28 days before; then as [`RefundPolicy::LongTermFirm`].
        LongTermStrict = "long_term_strict",
    }
}

impl RefundPolicy {
    /// Stays of so many nights are under the property's long-stay policy.
    pub const LONG_STAY_NIGHTS: u32 = 28;

    /// The policy for a stay: the non-refundable rate goes before all, then the long-stay policy, then the
    /// property's.
    #[must_use]
    pub fn in_force(details: &PropertyDetails, stay: Stay, rate: Rate) -> Self {
        if rate == Rate::NonRefundable {
            return Self::NonRefundable;
        }
        if stay.nights() >= Self::LONG_STAY_NIGHTS {
            return match details.long_stay_policy {
                LongStayPolicy::Firm => Self::LongTermFirm,
                LongStayPolicy::Strict => Self::LongTermStrict,
            };
        }
        match details.cancellation_policy {
            CancellationPolicy::Flexible => Self::Flexible,
            CancellationPolicy::Moderate => Self::Moderate,
            CancellationPolicy::Limited => Self::Limited,
            CancellationPolicy::Firm => Self::Firm,
            CancellationPolicy::Strict => Self::Strict,
            CancellationPolicy::SuperStrict30 => Self::SuperStrict30,
            CancellationPolicy::SuperStrict60 => Self::SuperStrict60,
        }
    }

    /// Whether everything comes back shortly after confirmation.
    #[must_use]
    pub const fn has_grace(self) -> bool {
        matches!(
            self,
            Self::Flexible | Self::Moderate | Self::Limited | Self::Firm | Self::Strict
        )
    }
}
