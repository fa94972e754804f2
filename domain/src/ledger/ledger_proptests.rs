//! The ledger balances after any sequence of events.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use crate::booking::alteration::alteration::NewAlteration;
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::altered_price::AlteredPrice;
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{HOST, at, guests, open_calendar};
use crate::ledger::host_debts::HostDebt;
use crate::ledger::test_support::scenarios::{Change, Event, Scenario, events, scenarios};
use crate::ledger::test_support::simulation::{BOOKED, Simulation};
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payment::Payment;
use crate::payment::payout::PayoutStatus;
use crate::payment::totals::PaymentStatus;
use crate::property::enums::BookingMode;
use crate::property::property::Property;
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::{AlterationId, BookingId, PropertyId};
use crate::shared::stay::Stay;

/// Runs a scenario and records its result.
struct ScenarioRun {
    scenario: Scenario,
    property: Property,
    simulation: Simulation,
}

impl ScenarioRun {
    fn of(scenario: Scenario) -> Self {
        let property = scenario.property();
        Self {
            simulation: scenario.begin(&property),
            property,
            scenario,
        }
    }

    fn handle(&mut self, event: Event) {
        let (booking, now) = (self.simulation.booking.clone(), self.simulation.now);
        let change = match event {
            Event::Wait(hours) => return self.simulation.now += TimeDelta::hours(hours),
            Event::Arrival => return self.simulation.now = now.max(booking.deadlines().check_in()),
            Event::Charge => return self.charge(),
            Event::Answer(index, done) => return self.answer(index, done),
            Event::Accept => return self.accept(),
            Event::Agree => return self.accept_alteration(),
            Event::Give(by, amount) => return self.grant_refund(by, amount),
            Event::PayOut(debt) => return self.send_payout(debt),
            Event::Recover => return self.simulation.withhold_debt(),
            Event::Decline => booking.decline(BookingRole::Host, None, now),
            Event::TimeOut => booking.time_out(now),
            Event::CheckIn => booking.check_in(BookingRole::Guest, now),
            Event::CheckOut => booking.check_out(BookingRole::Host, now),
            Event::NoShow => booking.no_show(BookingRole::Host, now),
            Event::Cancel(by, share) => {
                let granted = BasisPoints::try_new(share)
                    .ok()
                    .filter(|_| by == BookingRole::Admin);
                booking.cancel(
                    by,
                    CancelRequest {
                        reason: None,
                        granted,
                    },
                    now,
                )
            }
            Event::Alter(to, agreed) => return self.alter(to, agreed),
        };
        if let Ok(change) = change {
            self.simulation.commit(change, "life").unwrap();
        }
    }

    fn charge(&mut self) {
        let held = self
            .simulation
            .booking
            .hold_expires_at()
            .is_some_and(|end| self.simulation.now <= end);
        let again = self
            .simulation
            .payment
            .as_ref()
            .is_none_or(|it| it.status() == PaymentStatus::Failed);
        if held && again {
            self.simulation.charge(match self.scenario.mode {
                BookingMode::Instant => GatewayCallKind::Capture,
                BookingMode::Request => GatewayCallKind::Authorize,
            });
        }
    }

    fn answer(&mut self, index: usize, done: bool) {
        let call = self
            .simulation
            .payment
            .as_ref()
            .and_then(|payment| payment.pending_calls.get(index));
        if let Some(id) = call.map(|call| call.id) {
            self.simulation.answer(id, done);
        }
    }

    fn accept(&mut self) {
        let id = self.simulation.entry_id();
        let (booking, now) = (self.simulation.booking.clone(), self.simulation.now);
        let payment = self
            .simulation
            .payment
            .clone()
            .and_then(|it| it.capture_authorized(id, now).ok());
        if let (Ok(change), Some(payment)) =
            (booking.begin_acceptance(BookingRole::Host, now), payment)
        {
            self.simulation
                .commit(change.with_payment(payment), "life")
                .unwrap();
        }
    }

    fn alter(&mut self, to: Change, agreed: bool) {
        let Some(new) = self.alteration(to) else {
            return;
        };
        let asked =
            self.simulation
                .booking
                .clone()
                .alter(BookingRole::Guest, new, self.simulation.now);
        // The price cannot change while the guest is being charged: the change is refused.
        if asked.is_ok_and(|change| self.simulation.commit(change, "life").is_ok()) && agreed {
            self.accept_alteration();
        }
    }

    fn alteration(&mut self, (later, more, party): Change) -> Option<NewAlteration> {
        let (stay, begun) = (
            self.simulation.booking.stay,
            self.simulation.booking.status == BookingStatus::CheckedIn,
        );
        let moved = |date: NaiveDate, days| date.checked_add_signed(TimeDelta::days(days));
        let from = moved(stay.check_in(), if begun { 0 } else { later })?;
        let stay = Stay::try_new(from, moved(stay.check_out(), later + more)?).ok()?;
        let guests = if begun {
            self.simulation.booking.guests
        } else {
            guests(party)
        };
        let (calendar, terms, rate) = (open_calendar(), self.scenario.terms(), self.scenario.rate);
        let price = price(
            &self.property,
            &calendar,
            stay,
            guests,
            rate,
            &terms,
            at(BOOKED),
        )
        .ok()?;
        Some(NewAlteration {
            id: AlterationId::new(self.simulation.id()),
            price: AlteredPrice::present(self.simulation.booking.id, stay, guests, price),
            payment_method: None,
        })
    }

    fn accept_alteration(&mut self) {
        let (booking, now) = (self.simulation.booking.clone(), self.simulation.now);
        let charge = Some(self.simulation.entry_id());
        if booking
            .accept_alteration(BookingRole::Host, charge, now)
            .is_ok()
        {
            self.simulation.accept_alteration();
        }
    }

    fn grant_refund(&mut self, by: BookingRole, amount: i64) {
        let left = self
            .simulation
            .payment
            .as_ref()
            .map_or(0, |payment| payment.refundable().amount());
        if left > 0 {
            self.simulation.grant_refund(amount.min(left), by);
        }
    }

    fn send_payout(&mut self, debt: i64) {
        let Some(payment) = &self.simulation.payment else {
            return;
        };
        let next = payment
            .payouts
            .iter()
            .find(|payout| payout.status == PayoutStatus::Scheduled);
        let Some(due) = next.map(|payout| payout.due_at) else {
            return;
        };
        self.simulation.now = self.simulation.now.max(due);
        let (property_id, booking_id) = (
            PropertyId::new(Uuid::from_u128(8)),
            BookingId::new(Uuid::from_u128(9)),
        );
        let amount = self.scenario.money(debt);
        self.simulation.send_payout(&[HostDebt {
            property_id,
            booking_id,
            host_id: HOST,
            amount,
        }]);
    }

    /// Pays for the booking, as most scenarios begin.
    fn pay(&mut self) {
        self.charge();
        self.answer(0, true);
        if self.scenario.mode == BookingMode::Request {
            self.accept();
            self.answer(0, true);
        }
    }

    /// Answers all gateway calls, lets all timeouts pass, and pays the host.
    fn end(&mut self) {
        self.answer_pending_calls();
        while let Some(due) = self.simulation.booking.due_at() {
            self.simulation.now = self.simulation.now.max(due + TimeDelta::seconds(1));
            self.simulation.time_out();
            self.answer_pending_calls();
        }
        let scheduled = |simulation: &Simulation| {
            simulation
                .payment
                .as_ref()
                .is_some_and(|it| !it.total_scheduled().is_zero())
        };
        while scheduled(&self.simulation) {
            self.send_payout(0);
            self.answer_pending_calls();
        }
    }

    /// Amount that the guest has paid in the end, and the part that was sent to the host or
    /// withheld.
    fn paid(&self) -> (i64, i64) {
        let payment = self.simulation.payment.as_ref();
        payment.map_or((0, 0), |it| {
            (
                it.captured().amount() - it.refunded().amount(),
                it.total_sent().amount(),
            )
        })
    }

    /// Amounts due from the guest and to the host, without goodwill.
    fn agreed(&self) -> (i64, i64) {
        let (booking, paid) = (&self.simulation.booking, self.paid());
        let given = self
            .simulation
            .payment
            .iter()
            .flat_map(Payment::active_refunds)
            .any(|it| it.borne_by.is_some());
        match (&booking.confirmation, &booking.cancellation) {
            (None, _) => (0, 0),
            (Some(_), _) if given => paid,
            (Some(_), None) => (
                booking.price.total.amount(),
                paid.1.max(booking.price.host_payout.amount()),
            ),
            (Some(_), Some(cancellation)) => (cancellation.refund.kept.amount().max(0), paid.1),
        }
    }

    fn answer_pending_calls(&mut self) {
        while self
            .simulation
            .payment
            .as_ref()
            .is_some_and(|payment| !payment.pending_calls.is_empty())
        {
            self.simulation.answer_all(true);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ledger_stays_consistent_after_any_sequence_of_events(
        scenario in scenarios(), paid in prop::bool::weighted(0.8), events_to_run in prop::collection::vec(events(), 0..40),
    ) {
        let mut run = ScenarioRun::of(scenario);
        if paid {
            run.pay();
        }
        events_to_run.into_iter().for_each(|event| run.handle(event));
        run.end();
        let simulation = &run.simulation;
        prop_assert!(simulation.booking.status.is_terminal());
        let [receivable, cash, host, platform, tax] = simulation.balances();
        prop_assert_eq!(receivable + cash + host + platform + tax, 0);
        prop_assert!(host >= 0, "the host was not paid {}", -host);
        if !simulation.refused {
            prop_assert_eq!(receivable, 0);
            prop_assert_eq!(run.paid(), run.agreed());
        }
    }
}
