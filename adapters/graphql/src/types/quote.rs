//! Quotes.

use async_graphql::SimpleObject;
use sojourn_application::property::SealedQuote;

use super::booking::Guests;
use super::price::{PriceLine, RefundTier};
use crate::scalars::{Date, Id, Instant, Money, RatePlan, RefundPolicy};

/// An itemised price with limited validity.
#[derive(SimpleObject)]
pub(crate) struct Quote {
    /// Id of the property.
    property_id: Id,
    /// Check-in date.
    check_in: Date,
    /// Check-out date.
    check_out: Date,
    /// Number of nights.
    nights: u32,
    /// Number of guests.
    guests: Guests,
    /// Rate plan.
    rate: RatePlan,
    /// ISO 4217 code of the currency of all amounts.
    currency: &'static str,
    /// Price lines; each may build on those before it.
    lines: Vec<PriceLine>,
    /// Total price for the guest.
    total: Money,
    /// Fee of the host to the marketplace; null unless the caller is the host or an operator.
    host_fee: Option<Money>,
    /// Amount paid out to the host; null unless the caller is the host or an operator.
    host_payout: Option<Money>,
    /// Cancellation policy.
    cancellation_policy: RefundPolicy,
    /// Refund over time, from now on, if the stay is booked now and the guest cancels.
    curve: Vec<RefundTier>,
    /// Token for a booking at this price.
    token: String,
    /// Time at which the quote expires.
    expires_at: Instant,
    /// All price rules in order of evaluation; null unless requested.
    why: Option<Vec<PriceExplanation>>,
}

/// A price rule that was evaluated.
#[derive(SimpleObject)]
pub(crate) struct PriceExplanation {
    /// Name of the rule, as in `rule` of a price line.
    rule: String,
    /// True if the rule produced a price line.
    applied: bool,
    /// Reason for the result, such as "5 nights, needs 7".
    because: String,
    /// Index of its first line in `lines`; null if it produced none.
    line: Option<u32>,
}

impl From<SealedQuote> for Quote {
    fn from(sealed: SealedQuote) -> Self {
        let SealedQuote {
            quote,
            token,
            host_amounts,
            curve,
            why,
        } = sealed;
        let why = why.map(|rules| {
            let rules = rules.into_iter().map(|it| PriceExplanation {
                rule: it.rule,
                applied: it.applied,
                because: it.reason,
                line: it.line.and_then(|line| line.try_into().ok()),
            });
            rules.collect()
        });
        Self {
            property_id: quote.property_id.into(),
            check_in: quote.stay.check_in().into(),
            check_out: quote.stay.check_out().into(),
            nights: quote.stay.nights(),
            guests: quote.guests.into(),
            rate: quote.rate.into(),
            currency: quote.price.currency().code(),
            lines: quote.price.lines.iter().map(Into::into).collect(),
            total: quote.price.total.into(),
            host_fee: host_amounts.map(|it| it.fee.into()),
            host_payout: host_amounts.map(|it| it.payout.into()),
            cancellation_policy: quote.policy().into(),
            curve: curve.iter().map(Into::into).collect(),
            token,
            expires_at: quote.expires_at.into(),
            why,
        }
    }
}
