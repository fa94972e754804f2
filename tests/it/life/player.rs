//! One party after another that gives a random command at a random time.

use std::time::Duration;

use chrono::{Days, NaiveDate, TimeDelta};
use sojourn_application::booking::{
    AlterRequest, GuestsPatch, Reserve, accept, accept_alteration, alter, cancel, cancel_as_admin,
    check_in, check_out, decline, decline_alteration, no_show, preview_cancellation, reserve,
    withdraw_alteration,
};
use sojourn_application::payment::{Pay, pay, refund, refund_as_admin};
use sojourn_application::ports::{Clock as _, Ports};
use sojourn_application::property::{publish, reinstate, suspend};
use sojourn_domain::booking::{BookingStatus, CancelRequest, RatePlan};
use sojourn_domain::shared::{Actor, BasisPoints, BookingId, Currency, Guests, Money, Stay};
use sojourn_tests::{Server, TestClock};

use super::cast::Cast;
use super::consents::Consents;
use crate::race::rng::Rng;

const CARDS: &[&str] = &[
    "pm_card_visa",
    "pm_card_mastercard",
    "pm_card_visa",
    "pm_card_chargeDeclined",
    "pm_card_timeoutAfterCharge",
    "pm_card_answersTwice",
];

pub struct Player<'a> {
    ports: &'a Ports,
    clock: &'a TestClock,
    cast: &'a Cast,
    consents: &'a mut Consents,
    rng: &'a mut Rng,
}

impl<'a> Player<'a> {
    pub fn new(
        server: &'a Server,
        clock: &'a TestClock,
        cast: &'a Cast,
        consents: &'a mut Consents,
        rng: &'a mut Rng,
    ) -> Self {
        Self {
            ports: &server.ports,
            clock,
            cast,
            consents,
            rng,
        }
    }

    /// Lets some time pass, and gives a command.
    pub async fn act(&mut self) {
        self.pass_time();
        match self.rng.below(100) {
            0..28 => self.reserve().await,
            28..44 => self.pay().await,
            44..50 => self.alter().await,
            50..56 => self.answer_alteration().await,
            56..64 => self.answer_request().await,
            64..71 => self.cancel().await,
            71..73 => self.cancel_as_operator().await,
            73..88 => self.stay().await,
            88..94 => self.refund().await,
            _ => self.moderate().await,
        }
    }

    fn pass_time(&mut self) {
        let by = match self.rng.below(20) {
            0..14 => TimeDelta::zero(),
            14..17 => TimeDelta::minutes(self.number(40)),
            17..19 => TimeDelta::hours(self.number(30)),
            _ => TimeDelta::days(self.number(4)),
        };
        self.clock.move_to(self.clock.now() + by);
    }

    async fn reserve(&mut self) {
        let place = self.index(self.cast.properties.len());
        let guest = self.index(self.cast.guests.len());
        let first = self.today() + Days::new(self.rng.below(12));
        let nights = *self.rng.choose(&[1, 2, 3, 4, 7, 28]);
        let rates = [
            RatePlan::Standard,
            RatePlan::Standard,
            RatePlan::NonRefundable,
        ];
        let command = Reserve {
            property_id: self.cast.properties[place].0,
            stay: Stay::try_new(first, first + Days::new(nights)).unwrap(),
            guests: Guests::try_new(1 + u32::try_from(self.rng.below(3)).unwrap(), 0, 0, 0)
                .unwrap(),
            rate: *self.rng.choose(&rates),
            quote_token: None,
            expected_total: None,
            message: None,
        };
        let result = reserve(self.ports, &self.cast.guests[guest], command).await;
        self.consents.note("reserve", &result);
        if let Ok(booking) = result {
            self.consents.booking(booking.id);
            self.cast.known.lock().unwrap().push(booking.id);
            if self.rng.below(6) > 0 {
                self.pay_for(booking.id).await;
            }
        }
    }

    async fn pay(&mut self) {
        if let Some(id) = self.recent(&[BookingStatus::PendingPayment]).await {
            self.pay_for(id).await;
        }
    }

    async fn pay_for(&mut self, id: BookingId) {
        let guest = self.guest_of(id).await;
        let method = (*self.rng.choose(CARDS)).to_owned();
        let command = Pay {
            booking_id: id,
            method,
        };
        let ports = self.ports;
        let interrupted = self
            .attempt("pay", pay(ports, &guest, command.clone()))
            .await;
        if interrupted {
            let result = pay(ports, &guest, command).await;
            self.consents.note("pay again", &result);
        }
    }

    async fn alter(&mut self) {
        let open = [
            BookingStatus::PendingPayment,
            BookingStatus::Confirmed,
            BookingStatus::CheckedIn,
        ];
        let Some(id) = self.recent(&open).await else {
            return;
        };
        let stay = self.ports.bookings.get(id).await.unwrap().unwrap().stay;
        let later = |date: NaiveDate, days: i64| date + TimeDelta::days(days);
        let moved = self.number(9) - 4;
        let request = AlterRequest {
            check_in: (self.rng.below(2) == 0).then(|| later(stay.check_in(), moved)),
            check_out: Some(later(stay.check_out(), moved + self.number(7) - 3)),
            guests: GuestsPatch::default(),
            expected_total: None,
            payment_method: None,
        };
        let actor = self.either_side(id).await;
        let ports = self.ports;
        self.attempt("alter", alter(ports, &actor, id, request, None))
            .await;
    }

    async fn answer_alteration(&mut self) {
        let Some(id) = self
            .recent(&[BookingStatus::Confirmed, BookingStatus::CheckedIn])
            .await
        else {
            return;
        };
        let (actor, ports) = (self.either_side(id).await, self.ports);
        match self.rng.below(4) {
            0 => {
                self.attempt(
                    "decline alteration",
                    decline_alteration(ports, &actor, id, None),
                )
                .await;
            }
            1 => {
                self.attempt(
                    "withdraw alteration",
                    withdraw_alteration(ports, &actor, id, None),
                )
                .await;
            }
            _ => {
                self.attempt(
                    "accept alteration",
                    accept_alteration(ports, &actor, id, None, None),
                )
                .await;
            }
        }
    }

    async fn answer_request(&mut self) {
        let Some(id) = self.recent(&[BookingStatus::AwaitingHost]).await else {
            return;
        };
        let (host, ports) = (self.host_of(id).await, self.ports);
        if self.rng.below(4) == 0 {
            self.attempt("decline", decline(ports, &host, id, None, None))
                .await;
        } else {
            self.attempt("accept", accept(ports, &host, id, None)).await;
        }
    }

    /// Cancels as guest or host; the refund is that of the preview.
    async fn cancel(&mut self) {
        let active = [
            BookingStatus::PendingPayment,
            BookingStatus::AwaitingHost,
            BookingStatus::Confirmed,
            BookingStatus::CheckedIn,
        ];
        let Some(id) = self.recent(&active).await else {
            return;
        };
        let actor = self.either_side(id).await;
        // Read first, so that a late answer of the gateway between the preview and the cancellation refuses the latter.
        let before = self.ports.bookings.get(id).await.unwrap().unwrap().version;
        let Ok(preview) = preview_cancellation(self.ports, &actor, id).await else {
            return;
        };
        let request = CancelRequest::default();
        let result = cancel(self.ports, &actor, id, request, Some(before)).await;
        self.consents.note("cancel", &result);
        if result.is_ok() {
            self.consents.preview(id, preview.refund);
        }
    }

    async fn cancel_as_operator(&mut self) {
        let Some(id) = self.recent(&[BookingStatus::Confirmed]).await else {
            return;
        };
        let granted = u32::try_from(100 * self.rng.below(101)).unwrap();
        let request = CancelRequest {
            reason: Some("a burst pipe".to_owned()),
            granted: Some(BasisPoints::try_new(granted).unwrap()),
        };
        let (ports, operator) = (self.ports, self.cast.operator);
        self.attempt(
            "cancel as operator",
            cancel_as_admin(ports, &operator, id, request, None),
        )
        .await;
    }

    /// Checks in or out, leaves early, or is missed.
    async fn stay(&mut self) {
        let present = [BookingStatus::Confirmed, BookingStatus::CheckedIn];
        let Some(id) = self.recent(&present).await else {
            return;
        };
        let (actor, ports) = (self.either_side(id).await, self.ports);
        match self.rng.below(5) {
            0..2 => {
                self.attempt("check in", check_in(ports, &actor, id, None))
                    .await;
            }
            2..4 => {
                self.attempt("check out", check_out(ports, &actor, id, None))
                    .await;
            }
            _ => {
                self.attempt("no-show", no_show(ports, &actor, id, None))
                    .await;
            }
        }
    }

    /// A refund beyond the policy by host or operator.
    async fn refund(&mut self) {
        let paid = [
            BookingStatus::Confirmed,
            BookingStatus::CheckedIn,
            BookingStatus::Completed,
        ];
        let Some(id) = self.recent(&paid).await else {
            return;
        };
        let stored = self.ports.bookings.with_payment(id).await.unwrap();
        let Some(payment) = stored.and_then(|(_, payment)| payment) else {
            return;
        };
        let amount = Money::new(1 + self.number(5_000), Currency::parse("USD").unwrap());
        let reason = "the stove was cold".to_owned();
        let result = if self.rng.below(2) == 0 {
            let host = self.host_of(id).await;
            refund(self.ports, &host, payment.id, amount, Some(reason)).await
        } else {
            refund_as_admin(self.ports, &self.cast.operator, payment.id, amount, reason).await
        };
        self.consents.note("refund", &result);
        // A refund without an answer may be carried out later.
        self.consents.goodwill(id, amount);
    }

    /// Suspends a property, or reinstates one, which its host lists again.
    async fn moderate(&mut self) {
        let (id, host) = self.cast.properties[self.index(self.cast.properties.len())];
        let reason = "a complaint".to_owned();
        let operator = &self.cast.operator;
        if self.rng.below(6) == 0 {
            let result = suspend(self.ports, operator, id, reason).await;
            self.consents.note("suspend", &result);
        } else {
            let result = reinstate(self.ports, operator, id, reason).await;
            self.consents.note("reinstate", &result);
            let result = publish(self.ports, &host, id, None).await;
            self.consents.note("publish", &result);
        }
    }

    /// Carries out a command; sometimes its server dies in the middle, which is returned.
    async fn attempt<T, E: std::fmt::Debug>(
        &mut self,
        name: &'static str,
        command: impl Future<Output = Result<T, E>>,
    ) -> bool {
        let patience = if self.rng.below(6) == 0 {
            Duration::from_micros(self.rng.below(12_000))
        } else {
            Duration::from_secs(60)
        };
        match tokio::time::timeout(patience, command).await {
            Ok(result) => {
                self.consents.note(name, &result);
                false
            }
            Err(_) => {
                self.consents.note_interrupted(name);
                true
            }
        }
    }

    /// One of the latest bookings in one of these states.
    async fn recent(&mut self, states: &[BookingStatus]) -> Option<BookingId> {
        let known = self.cast.known.lock().unwrap().clone();
        let mut fitting = Vec::new();
        for id in known.iter().rev().take(40) {
            let booking = self.ports.bookings.get(*id).await.unwrap().unwrap();
            if states.contains(&booking.status) {
                fitting.push(*id);
            }
        }
        (!fitting.is_empty()).then(|| *self.rng.choose(&fitting))
    }

    async fn guest_of(&self, id: BookingId) -> Actor {
        let booking = self.ports.bookings.get(id).await.unwrap().unwrap();
        Actor::member(booking.guest_id)
    }

    async fn host_of(&self, id: BookingId) -> Actor {
        let booking = self.ports.bookings.get(id).await.unwrap().unwrap();
        Actor::member(booking.host_id)
    }

    async fn either_side(&mut self, id: BookingId) -> Actor {
        if self.rng.below(2) == 0 {
            self.guest_of(id).await
        } else {
            self.host_of(id).await
        }
    }

    fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }

    fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(bound as u64)).unwrap()
    }

    fn number(&mut self, bound: u64) -> i64 {
        i64::try_from(self.rng.below(bound)).unwrap()
    }
}
