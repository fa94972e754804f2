//! Simulation of a booking with its money, checked for consistency after every step.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::booking::alteration::alteration::NewAlteration;
use crate::booking::booking::Booking;
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::change::{BookingChange, NightsChange};
use crate::fixtures::{at, cabin, hold};
use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::{Account, Postings};
use crate::ledger::funds_allocation::owed_to_guest;
use crate::ledger::host_debts::{HostDebt, send_payout};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};
use crate::payment::payment::Payment;
use crate::payment::payout::PayoutStatus;
use crate::property::calendar::NightClaim;
use crate::property::pricing::Tax;
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::{PaymentEntryId, PaymentId};
use crate::shared::money::Money;

pub const BOOKED: &str = "2026-03-01T17:00:00Z";

/// Balances of the five accounts, in the order of [`Account::ALL`].
pub type AccountAmounts = [i64; 5];

/// The cabin with 40.00 cleaning and 10 % tax: four nights cost 546.48, of which 426.80 are the
/// host's, 75.68 the marketplace's and 44.00 taxes. Check-in is at 19:00 UTC in July.
pub fn taxed_cabin() -> Property {
    cabin(|details| {
        let pricing = details.pricing.as_mut().unwrap();
        pricing.cleaning_fee = Some(crate::fixtures::usd(40_00));
        let rate = TaxRate::Percent {
            bps: BasisPoints::try_new(1_000).unwrap(),
        };
        pricing.taxes = vec![Tax {
            name: "Tax".into(),
            rate,
            exempt_from_nights: None,
        }];
    })
}

pub struct Simulation {
    pub booking: Booking,
    pub payment: Option<Payment>,
    pub journal: Vec<JournalEntry>,
    pub claims: Vec<NightClaim>,
    pub now: DateTime<Utc>,
    /// True if the gateway has refused a refund, so that an amount may be owed.
    pub refused: bool,
    pub(super) made: u128,
}

impl Simulation {
    pub fn hold(property: &Property, dates: &str) -> Self {
        Self::from_change(hold(property, dates, at(BOOKED)), at(BOOKED))
    }

    pub fn from_change(change: BookingChange, now: DateTime<Utc>) -> Self {
        let NightsChange::Set(claims) = change.nights().clone() else {
            panic!("{:?}", change.nights().clone())
        };
        let booking = Booking::restore(change.into_booking().into_record()).unwrap();
        Self {
            booking,
            payment: None,
            journal: Vec::new(),
            claims,
            now,
            refused: false,
            made: 100,
        }
    }

    /// Four nights in July, paid at once.
    pub fn paid_booking() -> Self {
        let mut simulation = Self::hold(&taxed_cabin(), "2026-07-10/2026-07-14");
        simulation.charge(GatewayCallKind::Capture);
        simulation.answer_all(true);
        simulation
    }

    pub fn at(&mut self, instant: &str) -> &mut Self {
        self.now = at(instant);
        self
    }

    pub fn id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    pub fn entry_id(&mut self) -> PaymentEntryId {
        PaymentEntryId::new(self.id())
    }

    pub fn payment(&self) -> &Payment {
        self.payment.as_ref().unwrap()
    }

    /// Charges the guest, or retries a failed charge.
    pub fn charge(&mut self, kind: GatewayCallKind) {
        let (id, payment) = (self.entry_id(), PaymentId::new(self.id()));
        let method = Some("pm_card_visa".to_owned());
        let call = GatewayCall {
            method,
            ..GatewayCall::new(id, kind, self.booking.price.total, self.now)
        };
        let payment = match self.payment.clone() {
            None => {
                Payment::begin(payment, self.booking.id, self.booking.property_id, call).unwrap()
            }
            Some(payment) => payment.retry(call).unwrap(),
        };
        self.commit(
            self.booking
                .clone()
                .begin_payment(payment, self.now)
                .unwrap(),
            "payment",
        )
        .unwrap();
    }

    /// Records the outcome of one gateway call as the marketplace does.
    pub fn answer(&mut self, id: PaymentEntryId, done: bool) {
        let payment = self.payment().clone();
        let call = payment
            .pending_calls
            .iter()
            .find(|call| call.id == id)
            .unwrap()
            .clone();
        self.refused |= !done && matches!(call.kind, GatewayCallKind::Refund);
        let outcome = if done {
            GatewayOutcome::Succeeded {
                reference: format!("ch_{id}"),
            }
        } else {
            GatewayOutcome::Refused {
                code: "refused".into(),
            }
        };
        let answered = payment
            .record_outcome(id, outcome.clone(), self.now)
            .unwrap();
        let change = self
            .booking
            .clone()
            .apply_gateway_outcome(&call, &outcome, || "ABCDEFGHJK".to_owned(), self.now)
            .unwrap();
        match change {
            Some(change) => self
                .commit(change.with_payment(answered), "settled")
                .unwrap(),
            None => self.commit_payment(answered, "settled"),
        }
    }

    /// Records the outcome of all pending calls once.
    pub fn answer_all(&mut self, done: bool) {
        let open: Vec<_> = self
            .payment()
            .pending_calls
            .iter()
            .map(|call| call.id)
            .collect();
        open.into_iter().for_each(|id| self.answer(id, done));
    }

    /// Accepts the authorized request as the host.
    pub fn accept(&mut self) {
        let id = self.entry_id();
        let payment = self
            .payment()
            .clone()
            .capture_authorized(id, self.now)
            .unwrap();
        let change = self
            .booking
            .clone()
            .begin_acceptance(BookingRole::Host, self.now)
            .unwrap();
        self.commit(change.with_payment(payment), "acceptance")
            .unwrap();
    }

    pub fn cancel(&mut self, by: BookingRole) {
        let request = CancelRequest::default();
        self.commit(
            self.booking.clone().cancel(by, request, self.now).unwrap(),
            "cancellation",
        )
        .unwrap();
    }

    pub fn time_out(&mut self) {
        self.commit(self.booking.clone().time_out(self.now).unwrap(), "expired")
            .unwrap();
    }

    /// Proposes and accepts an alteration; a charge of the difference stays pending.
    pub fn alter(&mut self, new: NewAlteration) {
        let proposed = self
            .booking
            .clone()
            .alter(BookingRole::Guest, new, self.now)
            .unwrap();
        self.commit(proposed, "alteration").unwrap();
        self.accept_alteration();
    }

    /// Accepts the guest's alteration as the host.
    pub fn accept_alteration(&mut self) {
        let asked = self.booking.alteration.clone().unwrap();
        let difference = asked.difference(&self.booking.price).unwrap();
        let charge = self.entry_id();
        let accepted = self
            .booking
            .clone()
            .accept_alteration(BookingRole::Host, Some(charge), self.now)
            .unwrap();
        let change = if difference.amount() > 0 {
            accepted.with_payment(
                self.payment()
                    .clone()
                    .charge_more(charge, difference, None, self.now)
                    .unwrap(),
            )
        } else {
            accepted
        };
        self.commit(change, "alteration").unwrap();
    }

    /// Grants a refund beyond the policy; amounts owed already are refunded first.
    pub fn grant_refund(&mut self, amount: i64, by: BookingRole) {
        let mut made = self.made;
        let owed = owed_to_guest(self.funds())
            .unwrap()
            .amount()
            .clamp(0, amount);
        let parts = [(owed, None), (amount - owed, Some(by))]
            .into_iter()
            .filter(|part| part.0 > 0);
        let given = parts.fold(self.payment().clone(), |payment, (part, by)| {
            let part = Money::new(part, payment.currency());
            payment
                .refund(&mut next_ids(&mut made), part, Some("sorry"), by, self.now)
                .unwrap()
        });
        self.made = made;
        self.commit_payment(given, "goodwill");
    }

    /// Sends the first scheduled payout, less these debts.
    pub fn send_payout(&mut self, debts: &[HostDebt]) {
        let scheduled = |payout: &&crate::payment::Payout| payout.status == PayoutStatus::Scheduled;
        let payout = self.payment().payouts.iter().find(scheduled).unwrap().id;
        let call = self.entry_id();
        let settlement = send_payout(self.funds(), payout, debts, call, self.now).unwrap();
        self.store_payment(settlement.payment.unwrap());
        let (own, _) = settlement
            .journal
            .into_iter()
            .partition::<Vec<_>, _>(|it| it.booking_id == self.booking.id);
        self.journal.extend(own);
        self.assert_consistent();
    }

    /// Withholds the host's final debt from this booking from another booking's payout.
    pub fn withhold_debt(&mut self) {
        let owed = self.balances()[Account::HostPayable as usize];
        let owed = Money::new(owed, self.booking.price.currency());
        let open = self.payment.iter().any(|it| {
            it.pending_calls
                .iter()
                .any(|call| call.kind == GatewayCallKind::Refund)
        });
        if owed.amount() > 0 && self.booking.status.is_terminal() && !open {
            let source = self.id();
            let postings =
                Postings::transfer(owed, Account::HostPayable, Account::ProcessorCash).unwrap();
            self.journal.push(self.booking.journal_entry(
                PostingReason::Offset,
                source,
                postings,
                self.now,
            ));
            self.assert_consistent();
        }
    }
}

pub(super) fn next_ids(made: &mut u128) -> impl FnMut() -> Uuid + '_ {
    || {
        *made += 1;
        Uuid::from_u128(*made)
    }
}
