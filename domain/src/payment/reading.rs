//! What a payment's entries and calls come to.

use super::{Call, CallKind, EntryKind, Payment, PaymentEntry};
use crate::property::words;
use crate::shared::Money;

words! {
    /// What the list of entries comes to. Payouts do not change it.
    PaymentStatus {
        /// The gateway has not answered yet.
        Pending = "pending",
        /// Reserved.
        Authorized = "authorized",
        /// Taken.
        Captured = "captured",
        /// Given up before it was taken.
        Voided = "voided",
        /// Refused.
        Failed = "failed",
        /// Part was given back.
        PartiallyRefunded = "partially_refunded",
        /// All was given back.
        Refunded = "refunded",
    }
}

impl Payment {
    /// What was taken.
    #[must_use]
    pub fn captured(&self) -> Money {
        self.total(EntryKind::Capture)
    }

    /// What was given back.
    #[must_use]
    pub fn refunded(&self) -> Money {
        self.total(EntryKind::Refund)
    }

    fn total(&self, kind: EntryKind) -> Money {
        let amounts = self
            .entries
            .iter()
            .filter(|entry| entry.kind == kind)
            .map(|entry| entry.amount);
        self.sum(amounts)
    }

    /// A sum of this payment's own amounts, which were added before without overflow.
    pub(super) fn sum(&self, amounts: impl Iterator<Item = Money>) -> Money {
        Money::new(
            amounts.map(Money::amount).fold(0, i64::saturating_add),
            self.currency(),
        )
    }

    /// Whether the gateway is asked for the guest's money and has not answered.
    #[must_use]
    pub fn is_charging(&self) -> bool {
        self.calls.iter().any(|call| call.kind.is_charge())
    }

    /// Whether the gateway is asked to give a reservation up and has not answered.
    #[must_use]
    pub fn is_voiding(&self) -> bool {
        self.calls.iter().any(|call| call.kind == CallKind::Void)
    }

    pub(super) fn has(&self, kind: EntryKind) -> bool {
        self.entries.iter().any(|entry| entry.kind == kind)
    }

    /// What the entries come to.
    #[must_use]
    pub fn status(&self) -> PaymentStatus {
        if self.has(EntryKind::Capture) {
            return match self.refunded().amount() {
                0 => PaymentStatus::Captured,
                refunded if refunded >= self.captured().amount() => PaymentStatus::Refunded,
                _ => PaymentStatus::PartiallyRefunded,
            };
        }
        if self.has(EntryKind::Void) {
            PaymentStatus::Voided
        } else if self.has(EntryKind::Authorization) {
            PaymentStatus::Authorized
        } else if self.is_charging() || !self.has(EntryKind::Failure) {
            PaymentStatus::Pending
        } else {
            PaymentStatus::Failed
        }
    }

    /// The gateway's name of the charge that a call is about; none for a call that charges a card or pays out.
    #[must_use]
    pub fn reference_for(&self, call: &Call) -> Option<&str> {
        let about = |entry: &&PaymentEntry| match call.kind {
            CallKind::Capture | CallKind::Void => entry.kind == EntryKind::Authorization,
            CallKind::Refund => Some(entry.id) == call.against,
            CallKind::Authorize | CallKind::Payout => false,
        };
        let earlier = self
            .entries
            .iter()
            .rev()
            .filter(|_| call.method.is_none())
            .find(about);
        earlier.and_then(|entry| entry.reference.as_deref())
    }
}
