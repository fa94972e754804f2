//! Prices.

use async_graphql::SimpleObject;
use sojourn_domain::booking;

use crate::scalars::{Instant, Money, PriceLineKind};

/// A price line; discounts are negative.
#[derive(SimpleObject)]
pub(crate) struct PriceLine {
    /// Kind of the line.
    kind: PriceLineKind,
    /// Human-readable label.
    label: String,
    /// Number of units.
    quantity: u32,
    /// Price of one unit.
    unit_amount: Money,
    /// Amount of the line.
    amount: Money,
    /// Name of the price rule that produced the line.
    rule: String,
}

impl From<&booking::PriceLine> for PriceLine {
    fn from(line: &booking::PriceLine) -> Self {
        Self {
            kind: line.kind.into(),
            label: line.label.to_string(),
            quantity: line.quantity,
            unit_amount: line.unit_amount.into(),
            amount: line.amount.into(),
            rule: line.rule.to_string(),
        }
    }
}

/// A period with a constant refund.
#[derive(SimpleObject)]
pub(crate) struct RefundTier {
    /// End of the period, inclusive; null for the last one.
    until: Option<Instant>,
    /// Refunded amount.
    refund: Money,
}

impl From<&booking::RefundTier> for RefundTier {
    fn from(tier: &booking::RefundTier) -> Self {
        Self {
            until: tier.until.map(Into::into),
            refund: tier.refund.into(),
        }
    }
}
