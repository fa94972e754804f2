//! Changes of a payment that follow from a change of its booking or of the payment itself.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::booking::booking::Booking;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::ledger::funds_allocation::{BookingFunds, funds_allocation, owed_to_guest};
use crate::ledger::payout_schedule::payout_schedule;
use crate::ledger::settlement::SettlementError;
use crate::payment::charges::PaymentError;
use crate::payment::entry::EntryKind;
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payment::Payment;
use crate::payment::totals::PaymentStatus;
use crate::shared::id::PaymentEntryId;
use crate::shared::money::{Money, MoneyError};

/// Reason of the refund of a capture that arrived after the booking had ended.
const LATE_CAPTURE: &str = "late_capture";

pub(super) struct Decision<'a> {
    pub before: BookingFunds<'a>,
    pub booking: &'a Booking,
    pub reason: &'a str,
    pub ids: &'a mut dyn FnMut() -> Uuid,
    pub now: DateTime<Utc>,
}

impl Decision<'_> {
    /// Returns the payment with all changes that its booking requires.
    pub(super) fn apply(&mut self, payment: Payment) -> Result<Payment, SettlementError> {
        if payment.is_charging() && self.before.booking.price.total != self.booking.price.total {
            return Err(SettlementError::Charging);
        }
        let payment = self.void_idle_authorization(payment)?;
        let payment = self.refund_excess(payment)?;
        let payment = self.reschedule_payouts(payment)?;
        let owed = owed_to_guest(self.after(&payment))?;
        Ok(payment.with_refund_owed(owed.amount() > 0, self.now))
    }

    fn after<'p>(&'p self, payment: &'p Payment) -> BookingFunds<'p> {
        BookingFunds {
            booking: self.booking,
            payment: Some(payment),
        }
    }

    /// Voids an authorization when it becomes idle; not again after the gateway refused.
    fn void_idle_authorization(&mut self, payment: Payment) -> Result<Payment, PaymentError> {
        if was_already_voided(self.before) || !has_idle_authorization(self.after(&payment)) {
            return Ok(payment);
        }
        payment.void(PaymentEntryId::new((self.ids)()), self.now)
    }

    /// Refunds everything owed when the amount owed exceeds the one before, or the one that was
    /// just refused.
    fn refund_excess(&mut self, payment: Payment) -> Result<Payment, SettlementError> {
        let owed = owed_to_guest(self.after(&payment))?;
        let earlier = owed_to_guest(self.before)?.amount().max(0);
        let refused = self.failed_refunds(&payment)?.amount();
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
    fn failed_refunds(&self, payment: &Payment) -> Result<Money, MoneyError> {
        let asked = self
            .before
            .payment
            .map_or(&[][..], |before| &before.pending_calls);
        let refunds = asked
            .iter()
            .filter(|call| call.kind == GatewayCallKind::Refund && call.borne_by.is_none());
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
    fn reschedule_payouts(&mut self, payment: Payment) -> Result<Payment, SettlementError> {
        let host = funds_allocation(self.after(&payment))?.host;
        let left = host.checked_sub(payment.total_sent())?.amount().max(0);
        let moved = left > 0 && self.before.booking.price.nights != self.booking.price.nights;
        if payment.total_scheduled().amount() == left && !moved {
            return Ok(payment);
        }
        let plan = payout_schedule(self.booking, host, payment.total_sent())?;
        Ok(payment.schedule_payouts(self.ids, &plan, self.now)?)
    }
}

/// Returns `true` if an authorization exists that no booking waits for, with no gateway call
/// pending on it.
fn has_idle_authorization(funds: BookingFunds<'_>) -> bool {
    let waits = matches!(
        funds.booking.status,
        BookingStatus::PendingPayment | BookingStatus::AwaitingHost
    );
    let reserved = |payment: &Payment| {
        payment.status() == PaymentStatus::Authorized
            && !payment.is_charging()
            && !payment.is_voiding()
    };
    !waits && funds.booking.confirmation.is_none() && funds.payment.is_some_and(reserved)
}

/// Returns `true` if the authorization was voided before, or was already idle.
fn was_already_voided(funds: BookingFunds<'_>) -> bool {
    has_idle_authorization(funds) || funds.payment.is_some_and(Payment::is_voiding)
}
