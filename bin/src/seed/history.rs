//! The life of a generated booking, made by the commands of the domain at past instants.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::booking::{Booking, BookingChange, NewBooking};
use sojourn_domain::ledger::{BookingFunds, JournalEntry, derive_settlement};
use sojourn_domain::payment::{
    GatewayCall, GatewayCallKind, GatewayOutcome, Payment, PayoutStatus,
};
use sojourn_domain::shared::{Money, PaymentEntryId, PaymentId};
use sojourn_payments::reference_for_import;
use uuid::Uuid;

use super::booking::BookingSeeder;
use super::run::SeedError;

/// A booking with its payment and journal.
pub(super) struct BookingHistory {
    pub booking: Booking,
    pub payment: Payment,
    pub journal: Vec<JournalEntry>,
}

impl BookingSeeder<'_> {
    /// BookingFunds, pays and confirms within minutes; completes the stay and pays the host if these are
    /// due.
    pub(super) fn simulate(
        &self,
        number: u32,
        new: NewBooking,
        code: String,
        booked_at: DateTime<Utc>,
    ) -> Result<BookingHistory, SeedError> {
        let mut count = 0;
        let mut ids = || {
            count += 1;
            self.id(&format!("of-booking-{number}"), count)
        };
        let charged_at = booked_at + TimeDelta::minutes(2);
        let paid_at = booked_at + TimeDelta::minutes(3);
        let held = Booking::hold(self.property, new, booked_at)?.into_booking();
        let call = charge(
            PaymentEntryId::new(self.id("charge", number)),
            held.price.total,
            charged_at,
        );
        let reference = reference_for_import(call.amount, &format!("seed-{}", call.id));
        let charge_id = call.id;
        let payment_id = PaymentId::new(self.id("payment", number));
        let payment = Payment::begin(payment_id, held.id, self.property.id, call)?;
        let begun = held
            .begin_payment(payment.clone(), charged_at)?
            .into_booking();
        let before = BookingFunds {
            booking: &begun,
            payment: Some(&payment),
        };
        let paid = payment.clone().record_outcome(
            charge_id,
            GatewayOutcome::Succeeded { reference },
            paid_at,
        )?;
        let change = begun
            .clone()
            .record_capture(code, paid_at)?
            .with_payment(paid.clone());
        let change = change.with_settlement(before, "seed", &mut ids, paid_at)?;
        let mut history = BookingHistory::of(change, paid);
        history.complete(self.now, &mut ids)?;
        history.pay_host(self.now, &mut ids)?;
        Ok(history)
    }
}

fn charge(id: PaymentEntryId, amount: Money, at: DateTime<Utc>) -> GatewayCall {
    GatewayCall {
        id,
        kind: GatewayCallKind::Capture,
        amount,
        method: Some("pm_card_visa".into()),
        reason: None,
        at,
        against: None,
        borne_by: None,
    }
}

impl BookingHistory {
    fn of(change: BookingChange, payment: Payment) -> Self {
        Self {
            payment: change.payment().cloned().unwrap_or(payment),
            journal: change.journal().to_vec(),
            booking: change.into_booking(),
        }
    }

    /// Completes the stay if it is over.
    fn complete(
        &mut self,
        now: DateTime<Utc>,
        ids: &mut dyn FnMut() -> Uuid,
    ) -> Result<(), SeedError> {
        let Some(due_at) = self.booking.due_at().filter(|&due_at| due_at <= now) else {
            return Ok(());
        };
        let before = BookingFunds {
            booking: &self.booking,
            payment: Some(&self.payment),
        };
        let change = self
            .booking
            .clone()
            .time_out(due_at)?
            .with_settlement(before, "seed", ids, due_at)?;
        self.payment = change
            .payment()
            .cloned()
            .unwrap_or_else(|| self.payment.clone());
        self.journal.extend(change.journal().to_vec());
        self.booking = change.into_booking();
        Ok(())
    }

    /// Sends every due payout, a minute after its due date.
    fn pay_host(
        &mut self,
        now: DateTime<Utc>,
        ids: &mut dyn FnMut() -> Uuid,
    ) -> Result<(), SeedError> {
        let due = |payment: &Payment| {
            let mut waiting = payment
                .payouts
                .iter()
                .filter(|payout| payout.status == PayoutStatus::Scheduled);
            waiting
                .find(|payout| payout.due_at + TimeDelta::minutes(1) <= now)
                .cloned()
        };
        while let Some(payout) = due(&self.payment) {
            let at = payout.due_at + TimeDelta::minutes(1);
            let call = PaymentEntryId::new(ids());
            let nothing = Money::zero(payout.amount.currency());
            let sending = self
                .payment
                .clone()
                .send_payout(payout.id, call, nothing, at)?;
            let reference = format!("seed-{call}");
            let paid = sending.clone().record_outcome(
                call,
                GatewayOutcome::Succeeded { reference },
                at,
            )?;
            let before = BookingFunds {
                booking: &self.booking,
                payment: Some(&sending),
            };
            let settled =
                derive_settlement(before, &self.booking, Some(paid.clone()), "seed", ids, at)?;
            self.payment = settled.payment.unwrap_or(paid);
            self.journal.extend(settled.journal);
        }
        Ok(())
    }
}
