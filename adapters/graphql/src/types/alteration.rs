//! Alterations of bookings.

use async_graphql::SimpleObject;
use sojourn_application::booking::{self, AlterationView};

use super::booking::Guests;
use super::price::PriceLine;
use crate::scalars::{AcceptedBy, BookingParty, Date, Instant, Money, RefundPolicy};

/// A proposed change of a booking that awaits the other party's answer.
#[derive(SimpleObject)]
#[graphql(name = "Alteration")]
pub(crate) struct PendingAlteration {
    /// Party that proposed the change.
    by: BookingParty,
    /// Proposed check-in date.
    check_in: Date,
    /// Proposed check-out date.
    check_out: Date,
    /// Proposed number of guests.
    guests: Guests,
    /// Total price after the change.
    total: Money,
    /// Difference to the current total; a negative amount is refunded.
    difference: Money,
    /// Amount refunded to the guest if it is accepted; 0 if it costs the same or more.
    refund: Money,
    /// Deadline for accepting.
    expires_at: Instant,
}

impl From<&AlterationView> for PendingAlteration {
    fn from(alteration: &AlterationView) -> Self {
        Self {
            by: alteration.by.into(),
            check_in: alteration.stay.check_in().into(),
            check_out: alteration.stay.check_out().into(),
            guests: alteration.guests.into(),
            total: alteration.total.into(),
            difference: alteration.difference.into(),
            refund: alteration.refund.into(),
            expires_at: alteration.expires_at.into(),
        }
    }
}

/// Price of a change of a booking, and the party that accepts it.
#[derive(SimpleObject)]
pub(crate) struct AlterationPreview {
    /// Price lines after the change.
    lines: Vec<PriceLine>,
    /// Total price after the change.
    total: Money,
    /// Difference to the current total; a negative amount is refunded.
    difference: Money,
    /// Party that accepts the change.
    accepted_by: AcceptedBy,
    /// Cancellation policy after the change.
    cancellation_policy: RefundPolicy,
}

impl From<booking::AlterationPreview> for AlterationPreview {
    fn from(preview: booking::AlterationPreview) -> Self {
        Self {
            lines: preview.price.lines.iter().map(Into::into).collect(),
            total: preview.price.total.into(),
            difference: preview.difference.into(),
            accepted_by: preview.accepted_by.into(),
            cancellation_policy: preview.policy.into(),
        }
    }
}
