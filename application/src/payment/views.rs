//! Payments as their viewers may see them.

use chrono::{DateTime, Utc};
use sojourn_domain::payment::{EntryKind, Payment, PaymentEntry, PaymentStatus};
use sojourn_domain::shared::{BookingId, Money, PaymentEntryId, PaymentId, PropertyId};

/// A payment as both parties of its booking see it: without payouts, cards and the gateway's references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentView {
    /// Id of the payment.
    pub id: PaymentId,
    /// The booking.
    pub booking_id: BookingId,
    /// The booking's property.
    pub property_id: PropertyId,
    /// Status.
    pub status: PaymentStatus,
    /// Amount due.
    pub amount: Money,
    /// Captured amount.
    pub captured: Money,
    /// Refunded amount.
    pub refunded: Money,
    /// Entries in chronological order.
    pub entries: Vec<PaymentEntryView>,
    /// Version.
    pub version: i64,
}

/// An entry of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentEntryView {
    /// Id of the entry.
    pub id: PaymentEntryId,
    /// Kind of the entry.
    pub kind: EntryKind,
    /// Amount of the entry.
    pub amount: Money,
    /// Time of the entry (UTC).
    pub at: DateTime<Utc>,
    /// Error code of a failure, or reason of a refund.
    pub reason: Option<String>,
}

/// True for the kinds of entries that a payment's viewers see.
#[must_use]
pub const fn is_visible(kind: EntryKind) -> bool {
    !matches!(kind, EntryKind::Payout | EntryKind::PayoutFailure)
}

impl From<&PaymentEntry> for PaymentEntryView {
    fn from(entry: &PaymentEntry) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind,
            amount: entry.amount,
            at: entry.at,
            reason: entry.reason.clone(),
        }
    }
}

impl From<&Payment> for PaymentView {
    fn from(payment: &Payment) -> Self {
        let visible = payment.entries.iter().filter(|it| is_visible(it.kind));
        Self {
            id: payment.id,
            booking_id: payment.booking_id,
            property_id: payment.property_id,
            status: payment.status(),
            amount: payment.amount,
            captured: payment.captured(),
            refunded: payment.refunded(),
            entries: visible.map(Into::into).collect(),
            version: payment.version,
        }
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::payment::PaymentRecord;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::usd;

    #[test]
    fn what_the_host_is_paid_is_not_shown() {
        let entry = |(number, kind): (u128, EntryKind)| PaymentEntry {
            id: PaymentEntryId::new(Uuid::from_u128(number)),
            kind,
            amount: usd(100_00),
            at: DateTime::UNIX_EPOCH,
            reason: None,
            reference: Some("ch_1".into()),
            against: None,
            borne_by: None,
        };
        let payment = Payment::restore(PaymentRecord {
            id: PaymentId::new(Uuid::nil()),
            booking_id: BookingId::new(Uuid::nil()),
            property_id: PropertyId::new(Uuid::nil()),
            amount: usd(100_00),
            entries: [(1, EntryKind::Capture), (2, EntryKind::Payout)]
                .map(entry)
                .to_vec(),
            pending_calls: Vec::new(),
            reference: None,
            method: None,
            payouts: Vec::new(),
            refund_owed_since: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        })
        .unwrap();
        let view = PaymentView::from(&payment);
        let kinds: Vec<_> = view.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [EntryKind::Capture]);
        assert!(!format!("{view:?}").contains("ch_1"));
    }
}
