//! Previews of cancellations.

use async_graphql::SimpleObject;
use sojourn_application::booking;

use super::price::RefundTier;
use crate::scalars::{Money, PriceLineKind, RefundPolicy};

/// Refund of a cancellation now and later.
#[derive(SimpleObject)]
pub(crate) struct CancellationPreview {
    /// Refunded amount.
    refund: Money,
    /// Amount that is not refunded.
    kept: Money,
    /// Fee that the host pays for cancelling now; null for anyone but the host and operators.
    host_fee: Option<Money>,
    /// Refund of each price line.
    lines: Vec<RefundLine>,
    /// Cancellation policy of the booking.
    policy: RefundPolicy,
    /// Refund over time, from now on, if the guest cancels.
    curve: Vec<RefundTier>,
}

/// Refund of a price line.
#[derive(SimpleObject)]
pub(crate) struct RefundLine {
    /// Kind of the line.
    kind: PriceLineKind,
    /// Paid amount.
    paid: Money,
    /// Refunded amount.
    refunded: Money,
}

impl From<booking::CancellationPreview> for CancellationPreview {
    fn from(preview: booking::CancellationPreview) -> Self {
        let lines = preview.refund.lines.iter().map(|line| RefundLine {
            kind: line.kind.into(),
            paid: line.paid.into(),
            refunded: line.refunded.into(),
        });
        Self {
            refund: preview.refund.refund.into(),
            kept: preview.refund.kept.into(),
            host_fee: preview.host_fee.map(Into::into),
            lines: lines.collect(),
            policy: preview.policy.into(),
            curve: preview.curve.iter().map(Into::into).collect(),
        }
    }
}
