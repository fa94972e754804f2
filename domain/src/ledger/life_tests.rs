//! The ledger balances after any sequence of events.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::Debt;
use super::plots::{Change, Event, Plot, events, plots};
use super::world::{BOOKED, World};
use crate::booking::{CancelRequest, NewAlteration, Status, price};
use crate::fixtures::{HOST, at, guests};
use crate::payment::{CallKind, Payment, PaymentStatus, PayoutStatus};
use crate::property::{BookingMode, Calendar, Property};
use crate::shared::{AlterationId, BasisPoints, BookingId, Party, PropertyId, Stay};

/// Runs a scenario and records its result.
struct Life {
    plot: Plot,
    property: Property,
    world: World,
}

impl Life {
    fn of(plot: Plot) -> Self {
        let property = plot.property();
        Self {
            world: plot.begin(&property),
            property,
            plot,
        }
    }

    fn happen(&mut self, event: Event) {
        let (booking, now) = (self.world.booking.clone(), self.world.now);
        let change = match event {
            Event::Wait(hours) => return self.world.now += TimeDelta::hours(hours),
            Event::Arrival => return self.world.now = now.max(booking.deadlines().check_in()),
            Event::Charge => return self.charge(),
            Event::Answer(index, done) => return self.answer(index, done),
            Event::Accept => return self.accept(),
            Event::Agree => return self.agree(),
            Event::Give(by, amount) => return self.give(by, amount),
            Event::PayOut(debt) => return self.pay_out(debt),
            Event::Recover => return self.world.recover(),
            Event::Decline => booking.decline(Party::Host, None, now),
            Event::TimeOut => booking.time_out(now),
            Event::CheckIn => booking.check_in(Party::Guest, now),
            Event::CheckOut => booking.check_out(Party::Host, now),
            Event::NoShow => booking.no_show(Party::Host, now),
            Event::Cancel(by, share) => {
                let granted = BasisPoints::try_new(share)
                    .ok()
                    .filter(|_| by == Party::Admin);
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
            self.world.commit(change, "life").unwrap();
        }
    }

    fn charge(&mut self) {
        let held = self
            .world
            .booking
            .hold_expires_at()
            .is_some_and(|end| self.world.now <= end);
        let again = self
            .world
            .payment
            .as_ref()
            .is_none_or(|it| it.status() == PaymentStatus::Failed);
        if held && again {
            self.world.charge(match self.plot.mode {
                BookingMode::Instant => CallKind::Capture,
                BookingMode::Request => CallKind::Authorize,
            });
        }
    }

    fn answer(&mut self, index: usize, done: bool) {
        let call = self
            .world
            .payment
            .as_ref()
            .and_then(|payment| payment.calls.get(index));
        if let Some(id) = call.map(|call| call.id) {
            self.world.answer(id, done);
        }
    }

    fn accept(&mut self) {
        let id = self.world.entry_id();
        let (booking, now) = (self.world.booking.clone(), self.world.now);
        let payment = self
            .world
            .payment
            .clone()
            .and_then(|it| it.capture_authorized(id, now).ok());
        if let (Ok(change), Some(payment)) = (booking.accepting(Party::Host, now), payment) {
            self.world.commit(change.paying(payment), "life").unwrap();
        }
    }

    fn alter(&mut self, to: Change, agreed: bool) {
        let Some(new) = self.alteration(to) else {
            return;
        };
        let asked = self
            .world
            .booking
            .clone()
            .alter(Party::Guest, new, self.world.now);
        // The price cannot change while the guest is being charged: the change is refused.
        if asked.is_ok_and(|change| self.world.commit(change, "life").is_ok()) && agreed {
            self.agree();
        }
    }

    fn alteration(&mut self, (later, more, party): Change) -> Option<NewAlteration> {
        let (stay, begun) = (
            self.world.booking.stay,
            self.world.booking.status == Status::CheckedIn,
        );
        let moved = |date: NaiveDate, days| date.checked_add_signed(TimeDelta::days(days));
        let from = moved(stay.check_in(), if begun { 0 } else { later })?;
        let stay = Stay::try_new(from, moved(stay.check_out(), later + more)?).ok()?;
        let guests = if begun {
            self.world.booking.guests
        } else {
            guests(party)
        };
        let (calendar, terms, rate) = (Calendar::default(), self.plot.terms(), self.plot.rate);
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
            id: AlterationId::new(self.world.id()),
            stay,
            guests,
            price,
        })
    }

    fn agree(&mut self) {
        let (booking, now) = (self.world.booking.clone(), self.world.now);
        let charge = Some(self.world.entry_id());
        if booking.accept_alteration(Party::Host, charge, now).is_ok() {
            self.world.agree();
        }
    }

    fn give(&mut self, by: Party, amount: i64) {
        let left = self
            .world
            .payment
            .as_ref()
            .map_or(0, |payment| payment.refundable().amount());
        if left > 0 {
            self.world.give(amount.min(left), by);
        }
    }

    fn pay_out(&mut self, debt: i64) {
        let Some(payment) = &self.world.payment else {
            return;
        };
        let next = payment
            .payouts
            .iter()
            .find(|payout| payout.status == PayoutStatus::Scheduled);
        let Some(due) = next.map(|payout| payout.due_at) else {
            return;
        };
        self.world.now = self.world.now.max(due);
        let (property_id, booking_id) = (
            PropertyId::new(Uuid::from_u128(8)),
            BookingId::new(Uuid::from_u128(9)),
        );
        let amount = self.plot.money(debt);
        self.world.pay_out(&[Debt {
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
        if self.plot.mode == BookingMode::Request {
            self.accept();
            self.answer(0, true);
        }
    }

    /// Answers all gateway calls, lets all timeouts pass, and pays the host.
    fn end(&mut self) {
        self.drain();
        while let Some(due) = self.world.booking.due_at() {
            self.world.now = self.world.now.max(due + TimeDelta::seconds(1));
            self.world.time_out();
            self.drain();
        }
        let scheduled = |world: &World| {
            world
                .payment
                .as_ref()
                .is_some_and(|it| !it.scheduled().is_zero())
        };
        while scheduled(&self.world) {
            self.pay_out(0);
            self.drain();
        }
    }

    /// Amount that the guest has paid in the end, and the part that was sent to the host or
    /// withheld.
    fn paid(&self) -> (i64, i64) {
        let payment = self.world.payment.as_ref();
        payment.map_or((0, 0), |it| {
            (
                it.captured().amount() - it.refunded().amount(),
                it.sent().amount(),
            )
        })
    }

    /// Amounts due from the guest and to the host, without goodwill.
    fn agreed(&self) -> (i64, i64) {
        let (booking, paid) = (&self.world.booking, self.paid());
        let given = self
            .world
            .payment
            .iter()
            .flat_map(Payment::given_back)
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

    fn drain(&mut self) {
        while self
            .world
            .payment
            .as_ref()
            .is_some_and(|payment| !payment.calls.is_empty())
        {
            self.world.answer_all(true);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_books_agree_after_every_step_of_every_life(
        plot in plots(), paid in prop::bool::weighted(0.8), story in prop::collection::vec(events(), 0..40),
    ) {
        let mut life = Life::of(plot);
        if paid {
            life.pay();
        }
        story.into_iter().for_each(|event| life.happen(event));
        life.end();
        let world = &life.world;
        prop_assert!(world.booking.status.is_terminal());
        let [receivable, cash, host, platform, tax] = world.balances();
        prop_assert_eq!(receivable + cash + host + platform + tax, 0);
        prop_assert!(host >= 0, "the host was not paid {}", -host);
        if !world.refused {
            prop_assert_eq!(receivable, 0);
            prop_assert_eq!(life.paid(), life.agreed());
        }
    }
}
