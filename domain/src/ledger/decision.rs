//! Changes of a payment that follow from a change of its booking or of the payment itself.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Books, SettlementError, owed_to_guest, payout_plan, position};
use crate::booking::{Booking, Status};
use crate::payment::{CallKind, EntryKind, Payment, PaymentError, PaymentStatus};
use crate::shared::{Money, MoneyError, PaymentEntryId};

/// Reason of the refund of a capture that arrived after the booking had ended.
const LATE_CAPTURE: &str = "late_capture";

pub(super) struct Decision<'a> {
    pub before: Books<'a>,
    pub booking: &'a Booking,
    pub reason: &'a str,
    pub ids: &'a mut dyn FnMut() -> Uuid,
    pub now: DateTime<Utc>,
}

impl Decision<'_> {
    /// Returns the payment with all changes that its booking requires.
    pub(super) fn follow(&mut self, payment: Payment) -> Result<Payment, SettlementError> {
        if payment.is_charging() && self.before.booking.price.total != self.booking.price.total {
            return Err(SettlementError::Charging);
        }
        let payment = self.given_up(payment)?;
        let payment = self.given_back(payment)?;
        Ok(self.planned(payment)?)
    }

    fn after<'p>(&'p self, payment: &'p Payment) -> Books<'p> {
        Books {
            booking: self.booking,
            payment: Some(payment),
        }
    }

    /// Voids an authorization when it becomes idle; not again after the gateway refused.
    fn given_up(&mut self, payment: Payment) -> Result<Payment, PaymentError> {
        if was_given_up(self.before) || !is_idle(self.after(&payment)) {
            return Ok(payment);
        }
        payment.void(PaymentEntryId::new((self.ids)()), self.now)
    }

    /// Refunds everything owed when the amount owed exceeds the one before, or the one that was
    /// just refused.
    fn given_back(&mut self, payment: Payment) -> Result<Payment, SettlementError> {
        let owed = owed_to_guest(self.after(&payment))?;
        let earlier = owed_to_guest(self.before)?.amount().max(0);
        let refused = self.refused(&payment)?.amount();
        if owed.amount() <= earlier.saturating_add(refused) {
            return Ok(payment);
        }
        let captured = payment.captured() != self.before.payment.map_or(owed, Payment::captured);
        let reason = if captured && self.booking.status.is_terminal() {
            LATE_CAPTURE
        } else {
            self.reason
        };
        Ok(payment.refund(self.ids, owed, Some(reason), None, self.now)?)
    }

    /// Amount of refunds under the policy that the gateway has just refused.
    fn refused(&self, payment: &Payment) -> Result<Money, MoneyError> {
        let asked = self.before.payment.map_or(&[][..], |before| &before.calls);
        let refunds = asked
            .iter()
            .filter(|call| call.kind == CallKind::Refund && call.borne_by.is_none());
        let failed = |id| {
            payment
                .entries
                .iter()
                .any(|it| it.id == id && it.kind == EntryKind::Failure)
        };
        Money::sum(
            payment.currency(),
            refunds
                .filter(|call| failed(call.id))
                .map(|call| call.amount),
        )
    }

    /// Reschedules the payouts when the amount still due to the host, or the paid nights, change.
    fn planned(&mut self, payment: Payment) -> Result<Payment, MoneyError> {
        let host = position(self.after(&payment))?.host;
        let left = host.minus(payment.sent())?.amount().max(0);
        let moved = left > 0 && self.before.booking.price.nights != self.booking.price.nights;
        if payment.scheduled().amount() == left && !moved {
            return Ok(payment);
        }
        let plan = payout_plan(self.booking, host, payment.sent())?;
        Ok(payment.schedule(self.ids, &plan, self.now))
    }
}

/// Returns `true` if an authorization exists that no booking waits for, with no gateway call
/// pending on it.
fn is_idle(books: Books<'_>) -> bool {
    let waits = matches!(
        books.booking.status,
        Status::PendingPayment | Status::AwaitingHost
    );
    let reserved = |payment: &Payment| {
        payment.status() == PaymentStatus::Authorized
            && !payment.is_charging()
            && !payment.is_voiding()
    };
    !waits && books.booking.confirmation.is_none() && books.payment.is_some_and(reserved)
}

/// Returns `true` if the authorization was voided before, or was already idle.
fn was_given_up(books: Books<'_>) -> bool {
    is_idle(books) || books.payment.is_some_and(Payment::is_voiding)
}
