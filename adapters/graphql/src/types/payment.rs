//! Payments and refunds.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use sojourn_application::payment::{PaymentEntryView, PaymentView};
use sojourn_application::ports::RefundView;

use crate::scalars::{BookingParty, Id, Instant, Money, PaymentEntryKind, PaymentStatus};

/// A payment in the view of both parties of its booking.
pub(crate) struct Payment(Arc<PaymentView>);

impl From<PaymentView> for Payment {
    fn from(view: PaymentView) -> Self {
        Self(Arc::new(view))
    }
}

impl From<Arc<PaymentView>> for Payment {
    fn from(view: Arc<PaymentView>) -> Self {
        Self(view)
    }
}

/// A payment with its append-only list of entries. Payouts to the host are listed separately.
#[Object]
impl Payment {
    /// Id of the payment.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Id of the booking.
    async fn booking_id(&self) -> Id {
        self.0.booking_id.into()
    }

    /// Id of the property.
    async fn property_id(&self) -> Id {
        self.0.property_id.into()
    }

    /// Status of the payment.
    async fn status(&self) -> PaymentStatus {
        self.0.status.into()
    }

    /// Amount due.
    async fn amount(&self) -> Money {
        self.0.amount.into()
    }

    /// Captured amount.
    async fn captured(&self) -> Money {
        self.0.captured.into()
    }

    /// Refunded amount.
    async fn refunded(&self) -> Money {
        self.0.refunded.into()
    }

    /// Entries in chronological order.
    async fn entries(&self) -> Vec<PaymentEntry> {
        self.0.entries.iter().map(Into::into).collect()
    }
}

/// An entry of a payment.
#[derive(SimpleObject)]
pub(crate) struct PaymentEntry {
    /// Id of the entry.
    id: Id,
    /// Kind of the entry.
    kind: PaymentEntryKind,
    /// Amount of the entry.
    amount: Money,
    /// Time of the entry.
    at: Instant,
    /// Error code of a failure, or reason of a refund.
    reason: Option<String>,
}

impl From<&PaymentEntryView> for PaymentEntry {
    fn from(entry: &PaymentEntryView) -> Self {
        Self {
            id: entry.id.into(),
            kind: entry.kind.into(),
            amount: entry.amount.into(),
            at: entry.at.into(),
            reason: entry.reason.clone(),
        }
    }
}

/// A refund.
#[derive(SimpleObject)]
pub(crate) struct Refund {
    /// Id of the payment entry.
    id: Id,
    /// Id of the payment.
    payment_id: Id,
    /// Id of the booking.
    booking_id: Id,
    /// Id of the property.
    property_id: Id,
    /// Refunded amount.
    amount: Money,
    /// Time of the refund.
    at: Instant,
    /// Reason of the refund.
    reason: Option<String>,
    /// Party that bears a refund beyond the cancellation policy; null for refunds under the policy.
    borne_by: Option<BookingParty>,
}

impl From<RefundView> for Refund {
    fn from(view: RefundView) -> Self {
        Self {
            id: view.id.into(),
            payment_id: view.payment_id.into(),
            booking_id: view.booking_id.into(),
            property_id: view.property_id.into(),
            amount: view.amount.into(),
            at: view.at.into(),
            reason: view.reason,
            borne_by: view.borne_by.map(Into::into),
        }
    }
}
