//! The marketplace's fees and windows.

use super::BasisPoints;

/// Fees and windows, overridable by the operator. A booking keeps those under which it was made.
///
/// Source of the defaults: the domain rules of Sojourn, section *API, the program, `[terms]`*.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct MarketplaceTerms {
    /// Which version of the marketplace's terms these are, counted from 1. No setting: it counts the settings.
    pub version: u32,
    /// Minutes for which nights are held while a payment is awaited.
    pub hold_minutes: u32,
    /// Hours in which a host answers a request.
    pub request_hours: u32,
    /// Minutes for which a quote is good.
    pub quote_minutes: u32,
    /// Hours after confirmation in which a guest may cancel for free …
    pub grace_hours: u32,
    /// … if the booking was confirmed at least so many days before check-in.
    pub grace_days_ahead: u32,
    /// The guest's service fee, of all lines above it.
    pub guest_fee_bps: BasisPoints,
    /// The host's fee, of all lines above the service fee.
    pub host_fee_bps: BasisPoints,
    /// Days after check-out in which a stay may be reviewed.
    pub review_days: u32,
    /// Days after publication in which a review may be answered.
    pub response_days: u32,
    /// Hours after the scheduled check-in at which the host's payout is due.
    pub payout_hours: u32,
    /// Hours for which an alteration may be accepted.
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
