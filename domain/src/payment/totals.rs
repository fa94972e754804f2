//! Totals and status of a payment.

use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind};
use crate::payment::payment::Payment;
use crate::shared::money::Money;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Status of a payment, derived from its entries. Payouts do not affect it.
    PaymentStatus {
        /// The outcome of the first call is pending.
        Pending = "pending",
        /// The amount is authorized.
        Authorized = "authorized",
        /// The amount is captured.
        Captured = "captured",
        /// The authorization was voided.
        Voided = "voided",
        /// The gateway declined the charge.
        Failed = "failed",
        /// A part was refunded.
        PartiallyRefunded = "partially_refunded",
        /// Everything was refunded.
        Refunded = "refunded",
    }
}

impl Payment {
    /// Total of the captures.
    #[must_use]
    pub fn captured(&self) -> Money {
        self.total(EntryKind::Capture)
    }

    /// Total of the refunds.
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

    /// Sum of amounts of this payment, which cannot overflow because they were added before.
    pub(super) fn sum(&self, amounts: impl Iterator<Item = Money>) -> Money {
        Money::new(
            amounts.map(Money::amount).fold(0, i64::saturating_add),
            self.currency(),
        )
    }

    /// Returns `true` while a charge or authorization is pending.
    #[must_use]
    pub fn is_charging(&self) -> bool {
        self.pending_calls.iter().any(|call| call.kind.is_charge())
    }

    /// Returns `true` while a void is pending.
    #[must_use]
    pub fn is_voiding(&self) -> bool {
        self.pending_calls
            .iter()
            .any(|call| call.kind == GatewayCallKind::Void)
    }

    pub(super) fn has_entry(&self, kind: EntryKind) -> bool {
        self.entries.iter().any(|entry| entry.kind == kind)
    }

    /// Status derived from the entries.
    #[must_use]
    pub fn status(&self) -> PaymentStatus {
        if self.has_entry(EntryKind::Capture) {
            return match self.refunded().amount() {
                0 => PaymentStatus::Captured,
                refunded if refunded >= self.captured().amount() => PaymentStatus::Refunded,
                _ => PaymentStatus::PartiallyRefunded,
            };
        }
        if self.has_entry(EntryKind::Void) {
            PaymentStatus::Voided
        } else if self.has_entry(EntryKind::Authorization) {
            PaymentStatus::Authorized
        } else if self.is_charging() || !self.has_entry(EntryKind::Failure) {
            PaymentStatus::Pending
        } else {
            PaymentStatus::Failed
        }
    }

    /// The gateway's reference of the charge that a call concerns; `None` for calls that charge a
    /// card or pay out.
    #[must_use]
    pub fn reference_for(&self, call: &GatewayCall) -> Option<&str> {
        let about = |entry: &&PaymentEntry| match call.kind {
            GatewayCallKind::Capture | GatewayCallKind::Void => {
                entry.kind == EntryKind::Authorization
            }
            GatewayCallKind::Refund => Some(entry.id) == call.against,
            GatewayCallKind::Authorize | GatewayCallKind::Payout => false,
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
