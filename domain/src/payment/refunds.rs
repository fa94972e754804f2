//! Refunds of a payment.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::payment::charges::PaymentError;
use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind};
use crate::payment::payment::Payment;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::PaymentEntryId;
use crate::shared::money::Money;

impl Payment {
    /// Amount that can still be refunded: captures less refunds, including pending ones.
    #[must_use]
    pub fn refundable(&self) -> Money {
        let captures = self
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Capture);
        self.sum(captures.map(|capture| self.refundable_part(capture)))
    }

    /// All refunds, completed or pending, in order.
    pub(crate) fn active_refunds(&self) -> impl Iterator<Item = ActiveRefund> + '_ {
        let made = self
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Refund);
        let open = self
            .pending_calls
            .iter()
            .filter(|call| call.kind == GatewayCallKind::Refund);
        made.map(ActiveRefund::of_entry)
            .chain(open.map(ActiveRefund::of_call))
    }

    /// Returns `true` while a refund under the policy is pending.
    #[must_use]
    pub fn has_pending_refund(&self) -> bool {
        self.pending_calls
            .iter()
            .any(|call| call.kind == GatewayCallKind::Refund && call.borne_by.is_none())
    }

    pub(crate) fn has_active_refund(&self, id: PaymentEntryId) -> bool {
        self.active_refunds().any(|refund| refund.id == id)
    }

    /// Amount of a capture that is left after its refunds, completed and pending.
    pub(crate) fn refundable_part(&self, capture: &PaymentEntry) -> Money {
        let of_it = self
            .active_refunds()
            .filter(|refund| refund.against == Some(capture.id));
        let given = self.sum(of_it.map(|refund| refund.amount));
        Money::new(capture.amount.amount() - given.amount(), self.currency())
    }

    /// Refunds an amount from the latest capture first, with one gateway call per capture
    /// concerned. `borne_by` is the side that grants a refund beyond the booking's policy; `None`
    /// for a refund under the policy.
    ///
    /// # Errors
    /// [`PaymentError::NotPositive`]; [`PaymentError::AboveCaptured`], in which case nothing is
    /// refunded.
    pub fn refund(
        mut self,
        ids: &mut dyn FnMut() -> Uuid,
        amount: Money,
        reason: Option<&str>,
        borne_by: Option<BookingRole>,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if amount.amount() <= 0 {
            return Err(PaymentError::NotPositive);
        }
        if self.refundable().checked_sub(amount)?.amount() < 0 {
            return Err(PaymentError::AboveCaptured);
        }
        let mut wanted = amount.amount();
        let mut calls = Vec::new();
        for capture in self
            .entries
            .iter()
            .rev()
            .filter(|entry| entry.kind == EntryKind::Capture)
        {
            let part = wanted.min(self.refundable_part(capture).amount());
            if part > 0 {
                let id = PaymentEntryId::new(ids());
                let reason = reason.map(str::to_owned);
                let part = Money::new(part, self.currency());
                let call = GatewayCall::new(id, GatewayCallKind::Refund, part, now);
                calls.push(GatewayCall {
                    reason,
                    against: Some(capture.id),
                    borne_by,
                    ..call
                });
            }
            wanted -= part;
        }
        self.record.pending_calls.append(&mut calls);
        Ok(self.bump_version(now))
    }

    /// Records whether a refund is owed that no pending call pays, so that it is retried. It stays
    /// owed until a retry succeeds.
    pub(crate) fn with_refund_owed(mut self, owed: bool, now: DateTime<Utc>) -> Self {
        let known = self.refund_owed_since.is_some();
        let retried = known && self.has_pending_refund();
        if known == (owed || retried) {
            return self;
        }
        self.record.refund_owed_since = owed.then_some(now);
        self.bump_version(now)
    }
}

/// A completed or pending refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ActiveRefund {
    /// Identifier of its call and entry.
    pub id: PaymentEntryId,
    /// Amount.
    pub amount: Money,
    /// Capture that it is taken from.
    pub against: Option<PaymentEntryId>,
    /// Side that bears it, if it is beyond the policy.
    pub borne_by: Option<BookingRole>,
}

impl ActiveRefund {
    const fn of_entry(entry: &PaymentEntry) -> Self {
        Self {
            id: entry.id,
            amount: entry.amount,
            against: entry.against,
            borne_by: entry.borne_by,
        }
    }

    const fn of_call(call: &GatewayCall) -> Self {
        Self {
            id: call.id,
            amount: call.amount,
            against: call.against,
            borne_by: call.borne_by,
        }
    }
}
