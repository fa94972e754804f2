//! Conditions that are agreed when a booking is made and by which its alterations are priced.

use chrono::{DateTime, Utc};

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::discounts::lead_time_discount;
use crate::booking::pricing::price::{LineKind, PriceError, RatePlan};
use crate::booking::pricing::stay_price::days_ahead;
use crate::property::enums::{CancellationPolicy, LongStayPolicy};
use crate::property::pricing::Pricing;
use crate::property::property::Property;
use crate::shared::basis_points::BasisPoints;
use crate::shared::stay::Stay;

/// The property's price list and policies when a booking was made, and the reductions that were
/// agreed. A booking keeps them; alterations and later edits of the property do not change them.
///
/// Source: the domain rules of Sojourn, section *Alterations*.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BookingConditions {
    /// The price list. Length-of-stay discounts, fees and taxes of alterations follow from it.
    pub pricing: Pricing,
    /// Refund policy of stays below [`RefundPolicy::LONG_STAY_NIGHTS`] nights.
    pub short_stay_policy: RefundPolicy,
    /// Refund policy of longer stays.
    pub long_stay_policy: RefundPolicy,
    /// Early-bird or last-minute discount that was granted.
    pub lead_time: Option<LeadTimeDiscount>,
    /// Reduction of the non-refundable rate; zero when it was not chosen.
    pub non_refundable_bps: BasisPoints,
}

/// A discount by the days between booking and check-in, as granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeadTimeDiscount {
    /// [`LineKind::EarlyBirdDiscount`] or [`LineKind::LastMinuteDiscount`].
    pub kind: LineKind,
    /// Discount.
    pub bps: BasisPoints,
}

/// Price list and policies of a property at present, for bookings that kept none of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default)
)]
pub struct PresentConditions {
    /// The price list, if there is one.
    pub pricing: Option<Pricing>,
    /// Policy of short stays.
    pub cancellation_policy: Option<CancellationPolicy>,
    /// Policy of long stays.
    pub long_stay_policy: Option<LongStayPolicy>,
}

impl BookingConditions {
    /// Conditions of a stay that is priced at an instant.
    ///
    /// # Errors
    /// [`PriceError::NoPrice`] for a draft without price or time zone; [`PriceError::NoSuchRate`].
    pub fn of(
        property: &Property,
        stay: Stay,
        rate: RatePlan,
        now: DateTime<Utc>,
    ) -> Result<Self, PriceError> {
        let details = &property.details;
        let (Some(pricing), Some(zone)) = (&details.pricing, details.time_zone) else {
            return Err(PriceError::NoPrice);
        };
        let (short_stay_policy, long_stay_policy, non_refundable_bps) = match rate {
            RatePlan::Standard => (
                details.cancellation_policy.into(),
                details.long_stay_policy.into(),
                BasisPoints::ZERO,
            ),
            RatePlan::NonRefundable => (
                RefundPolicy::NonRefundable,
                RefundPolicy::NonRefundable,
                pricing
                    .non_refundable_discount_bps
                    .ok_or(PriceError::NoSuchRate)?,
            ),
        };
        Ok(Self {
            lead_time: lead_time_discount(pricing, days_ahead(zone, stay.check_in(), now)),
            pricing: pricing.clone(),
            short_stay_policy,
            long_stay_policy,
            non_refundable_bps,
        })
    }

    /// Policy that applies to a stay of this length.
    #[must_use]
    pub fn policy_for(&self, stay: Stay) -> RefundPolicy {
        if stay.nights() >= RefundPolicy::LONG_STAY_NIGHTS {
            self.long_stay_policy
        } else {
            self.short_stay_policy
        }
    }
}
