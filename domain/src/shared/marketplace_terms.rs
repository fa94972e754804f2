//! Terms of the marketplace: fees and time limits.

use crate::shared::basis_points::BasisPoints;

/// Fees and time limits, configurable by the operator. A booking keeps the terms in force when it
/// was made.
///
/// Source of the defaults: the domain rules of Sojourn, section *API, the program, `[terms]`*.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct MarketplaceTerms {
    /// Version of the terms, counted from 1. It is not a setting: each change of the settings
    /// increments it.
    pub version: u32,
    /// Minutes for which nights are held until payment.
    pub hold_minutes: u32,
    /// Hours for a host to answer a request.
    pub request_hours: u32,
    /// Minutes for which a quote is valid.
    pub quote_minutes: u32,
    /// Hours after confirmation within which a guest may cancel with a full refund, subject to
    /// `grace_days_ahead`.
    pub grace_hours: u32,
    /// Minimum days between confirmation and check-in for the grace period to apply.
    pub grace_days_ahead: u32,
    /// The guest's service fee on all lines above it.
    pub guest_fee_bps: BasisPoints,
    /// The host fee on all lines above the service fee.
    pub host_fee_bps: BasisPoints,
    /// Days after check-out within which a stay may be reviewed.
    pub review_days: u32,
    /// Days after publication within which a review may be answered.
    pub response_days: u32,
    /// Hours between the scheduled check-in and the host's payout.
    pub payout_hours: u32,
    /// Hours within which an alteration may be accepted.
    pub alteration_hours: u32,
}

impl Default for MarketplaceTerms {
    fn default() -> Self {
        Self {
            version: 1,
            hold_minutes: 15,
            request_hours: 24,
            quote_minutes: 15,
            grace_hours: 24,
            grace_days_ahead: 7,
            guest_fee_bps: BasisPoints::try_new(1_420).unwrap_or(BasisPoints::ZERO),
            host_fee_bps: BasisPoints::try_new(300).unwrap_or(BasisPoints::ZERO),
            review_days: 14,
            response_days: 30,
            payout_hours: 24,
            alteration_hours: 24,
        }
    }
}
