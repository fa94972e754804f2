//! Terms of the marketplace: fees and time limits.

use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::Money;

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
    /// Number of alterations that may be applied to a booking.
    pub max_alterations: u32,
    /// Smallest fee of a host who cancels, by currency; none for a currency that is not listed.
    pub host_cancellation_minimums: Vec<Money>,
}

/// 14.2 %; the program does not compile if it is no share.
const GUEST_FEE: BasisPoints = share(1_420);
/// 3 %; the program does not compile if it is no share.
const HOST_FEE: BasisPoints = share(300);

const fn share(value: u32) -> BasisPoints {
    match BasisPoints::try_new(value) {
        Ok(share) => share,
        Err(_) => panic!("above 10000 basis points"),
    }
}

/// Smallest fees of a host who cancels, in minor units.
const HOST_CANCELLATION_MINIMUMS: [(Currency, i64); 7] = [
    (Currency::USD, 50_00),
    (Currency::EUR, 50_00),
    (Currency::GBP, 50_00),
    (Currency::CAD, 50_00),
    (Currency::AUD, 50_00),
    (Currency::CHF, 50_00),
    (Currency::JPY, 5_000),
];

impl MarketplaceTerms {
    /// Smallest fee of a host who cancels a booking in this currency.
    #[must_use]
    pub fn host_cancellation_minimum(&self, currency: Currency) -> Money {
        self.host_cancellation_minimums
            .iter()
            .copied()
            .find(|least| least.currency() == currency)
            .unwrap_or(Money::zero(currency))
    }
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
            guest_fee_bps: GUEST_FEE,
            host_fee_bps: HOST_FEE,
            review_days: 14,
            response_days: 30,
            payout_hours: 24,
            alteration_hours: 24,
            max_alterations: 10,
            host_cancellation_minimums: HOST_CANCELLATION_MINIMUMS
                .map(|(currency, least)| Money::new(least, currency))
                .to_vec(),
        }
    }
}
