//! Payouts of a payment.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::payment::charges::PaymentError;
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind};
use crate::payment::payment::Payment;
use crate::payment::payout::{Instalment, Payout, PayoutStatus};
use crate::shared::id::{PaymentEntryId, PayoutId};
use crate::shared::money::Money;

/// Delay after which a refused payout is retried.
const RETRY_DELAY: TimeDelta = TimeDelta::days(1);

impl Payment {
    /// Sum of all payouts that are sent, being sent, or withheld: all but the scheduled ones.
    #[must_use]
    pub fn total_sent(&self) -> Money {
        let sent = self
            .payouts
            .iter()
            .filter(|payout| payout.status != PayoutStatus::Scheduled);
        self.sum(sent.map(|payout| payout.amount))
    }

    /// Sum of the scheduled payouts.
    #[must_use]
    pub fn total_scheduled(&self) -> Money {
        let scheduled = self
            .payouts
            .iter()
            .filter(|payout| payout.status == PayoutStatus::Scheduled);
        self.sum(scheduled.map(|payout| payout.amount))
    }

    /// Replaces the scheduled payouts; payouts already sent are unchanged.
    ///
    /// # Errors
    /// [`PaymentError::NotPositive`] for an instalment of zero or less; [`PaymentError::Money`] for another
    /// currency.
    pub fn schedule_payouts(
        mut self,
        ids: &mut dyn FnMut() -> Uuid,
        plan: &[Instalment],
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        for instalment in plan {
            self.require_currency(instalment.amount)?;
            if instalment.amount.amount() <= 0 {
                return Err(PaymentError::NotPositive);
            }
        }
        let zero = Money::zero(self.currency());
        self.record
            .payouts
            .retain(|payout| payout.status != PayoutStatus::Scheduled);
        self.record
            .payouts
            .extend(plan.iter().map(|instalment| Payout {
                id: PayoutId::new(ids()),
                amount: instalment.amount,
                withheld: zero,
                due_at: instalment.due_at,
                status: PayoutStatus::Scheduled,
                paid_at: None,
                call: None,
            }));
        Ok(self.bump_version(now))
    }

    /// Sends a due payout, less the amount withheld for the host's debts. A payout that is withheld
    /// completely is paid without a gateway call.
    ///
    /// # Errors
    /// [`PaymentError::UnknownPayout`] unless it is scheduled; [`PaymentError::NotDue`];
    /// [`PaymentError::WithheldTooMuch`].
    pub fn send_payout(
        mut self,
        payout: PayoutId,
        call: PaymentEntryId,
        withheld: Money,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        let scheduled = |it: &&mut Payout| it.id == payout && it.status == PayoutStatus::Scheduled;
        let payout = self
            .record
            .payouts
            .iter_mut()
            .find(scheduled)
            .ok_or(PaymentError::UnknownPayout)?;
        if now < payout.due_at {
            return Err(PaymentError::NotDue(payout.due_at));
        }
        let rest = payout.amount.checked_sub(withheld)?;
        if withheld.amount() < 0 || rest.amount() < 0 {
            return Err(PaymentError::WithheldTooMuch);
        }
        payout.withheld = withheld;
        if rest.is_zero() {
            (payout.status, payout.paid_at) = (PayoutStatus::Paid, Some(now));
        } else {
            (payout.status, payout.call) = (PayoutStatus::Sending, Some(call));
            self.record.pending_calls.push(GatewayCall::new(
                call,
                GatewayCallKind::Payout,
                rest,
                now,
            ));
        }
        Ok(self.bump_version(now))
    }

    /// Records the outcome of a payout. A refused one is scheduled again a day later. If a part of
    /// it was withheld, that part stays withheld and counts as paid, and the rest becomes a new
    /// payout with the id of the failed call.
    pub(super) fn apply_payout_outcome(
        &mut self,
        call: &GatewayCall,
        done: bool,
        now: DateTime<Utc>,
    ) -> Result<(), PaymentError> {
        let payouts = &mut self.record.payouts;
        let sending = payouts
            .iter_mut()
            .find(|payout| payout.call == Some(call.id));
        let payout = sending.ok_or(PaymentError::UnknownPayout)?;
        if done {
            (payout.status, payout.paid_at) = (PayoutStatus::Paid, Some(now));
            return Ok(());
        }
        payout.call = None;
        let mut again = Payout {
            status: PayoutStatus::Scheduled,
            due_at: now + RETRY_DELAY,
            ..payout.clone()
        };
        if payout.withheld.is_zero() {
            *payout = again;
            return Ok(());
        }
        (payout.amount, payout.status, payout.paid_at) =
            (payout.withheld, PayoutStatus::Paid, Some(now));
        (again.id, again.amount) = (PayoutId::new(call.id.uuid()), call.amount);
        again.withheld = Money::zero(call.amount.currency());
        payouts.push(again);
        Ok(())
    }
}
