//! A booking with its payment and its place in the books, made by the moves of the domain at instants of the past.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::booking::{Booking, BookingChange, NewBooking};
use sojourn_domain::ledger::{Books, JournalEntry, settle};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment, PayoutStatus};
use sojourn_domain::shared::{Money, PaymentEntryId, PaymentId};
use sojourn_payments::paid_before;
use uuid::Uuid;

use super::booking::Desk;
use super::run::SeedError;

/// Where a booking is now.
pub(super) struct Lived {
    pub booking: Booking,
    pub payment: Payment,
    pub journal: Vec<JournalEntry>,
}

impl Desk<'_> {
    /// Booked, paid and confirmed within minutes; completed, and its host paid, when the time for that has come.
    pub(super) fn live(
        &self,
        number: u32,
        new: NewBooking,
        code: String,
        booked_at: DateTime<Utc>,
    ) -> Result<Lived, SeedError> {
        let mut made = 0;
        let mut ids = || {
            made += 1;
            self.id(&format!("of-booking-{number}"), made)
        };
        let (asked_at, paid_at) = (
            booked_at + TimeDelta::minutes(2),
            booked_at + TimeDelta::minutes(3),
        );
        let held = Booking::hold(self.property, new, booked_at)?.booking;
        let call = charge(
            PaymentEntryId::new(self.id("charge", number)),
            held.price.total,
            asked_at,
        );
        let reference = paid_before(call.amount, &format!("seed-{}", call.id));
        let (payment, charge) = (PaymentId::new(self.id("payment", number)), call.id);
        let payment = Payment::begin(payment, held.id, self.property.id, call);
        let begun = held.begin_payment(payment.clone(), asked_at)?.booking;
        let before = Books {
            booking: &begun,
            payment: Some(&payment),
        };
        let paid = payment
            .clone()
            .answered(charge, GatewayOutcome::Done { reference }, paid_at)?;
        let change = begun.clone().captured(code, paid_at)?.paying(paid.clone());
        let change = change.settled(before, "seed", &mut ids, paid_at)?;
        let mut lived = Lived::of(change, paid);
        lived.complete(self.now, &mut ids)?;
        lived.pay_host(self.now, &mut ids)?;
        Ok(lived)
    }
}

fn charge(id: PaymentEntryId, amount: Money, at: DateTime<Utc>) -> Call {
    Call {
        id,
        kind: CallKind::Capture,
        amount,
        method: Some("pm_card_visa".into()),
        reason: None,
        at,
        against: None,
        borne_by: None,
    }
}

impl Lived {
    fn of(change: BookingChange, payment: Payment) -> Self {
        Self {
            payment: change.payment.unwrap_or(payment),
            booking: change.booking,
            journal: change.journal,
        }
    }

    /// The stay is over, if its time has come.
    fn complete(
        &mut self,
        now: DateTime<Utc>,
        ids: &mut dyn FnMut() -> Uuid,
    ) -> Result<(), SeedError> {
        let Some(over) = self.booking.due_at().filter(|&over| over <= now) else {
            return Ok(());
        };
        let before = Books {
            booking: &self.booking,
            payment: Some(&self.payment),
        };
        let change = self
            .booking
            .clone()
            .time_out(over)?
            .settled(before, "seed", ids, over)?;
        self.payment = change.payment.unwrap_or_else(|| self.payment.clone());
        self.journal.extend(change.journal);
        self.booking = change.booking;
        Ok(())
    }

    /// Every payout that is due was sent a minute after its instant.
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
            let sending = self.payment.clone().pay_out(payout.id, call, nothing, at)?;
            let reference = format!("seed-{call}");
            let paid = sending
                .clone()
                .answered(call, GatewayOutcome::Done { reference }, at)?;
            let before = Books {
                booking: &self.booking,
                payment: Some(&sending),
            };
            let settled = settle(before, &self.booking, Some(paid.clone()), "seed", ids, at)?;
            self.payment = settled.payment.unwrap_or(paid);
            self.journal.extend(settled.journal);
        }
        Ok(())
    }
}
