//! One client that sends random requests.

use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Client};

use super::fixture::{KnownBooking, Marketplace};
use super::observations::Observations;
use super::rng::Rng;

/// First day (days ahead) and number of days for which all racers compete.
const FROM: u64 = 20;
const DATES: u64 = 50;

const CARDS: &[&str] = &[
    "pm_card_visa",
    "pm_card_mastercard",
    "pm_card_visa",
    "pm_card_chargeDeclined",
    "pm_card_insufficientFunds",
    "pm_card_timeoutAfterCharge",
    "pm_card_answersLate",
    "pm_card_answersTwice",
];

/// States in which a booking can be altered, or cancelled.
const CONFIRMED: &[&str] = &["confirmed"];
const ACTIVE: &[&str] = &["pending_payment", "awaiting_host", "confirmed"];

pub struct Racer<'a> {
    marketplace: &'a Marketplace,
    rng: Rng,
    observations: Observations,
    number: u64,
    asked: u64,
}

impl<'a> Racer<'a> {
    pub fn new(marketplace: &'a Marketplace, number: u64) -> Self {
        Self {
            marketplace,
            rng: Rng::new(number),
            observations: Observations::default(),
            number,
            asked: 0,
        }
    }

    /// Sends requests until `end`; the observations.
    pub fn until(mut self, end: Instant) -> Observations {
        while Instant::now() < end {
            match self.rng.below(100) {
                0..25 => self.reserve(),
                25..47 => self.pay(),
                47..57 => self.act_as_host("accept", "accept", &["awaiting_host"]),
                57..60 => self.act_as_host("decline", "decline", &["awaiting_host"]),
                60..75 => self.alter(),
                75..80 => self.act_as_host("accept alteration", "alteration/accept", CONFIRMED),
                80..82 => self.act_as_host("decline alteration", "alteration/decline", CONFIRMED),
                82..84 => {
                    self.act_as_guest("withdraw alteration", "alteration/withdraw", CONFIRMED);
                }
                84..90 => self.act_as_guest("cancel", "cancel", ACTIVE),
                90..92 => self.act_as_host("cancel by host", "cancel", ACTIVE),
                92 => self.cancel_as_operator(),
                93..97 => self.block(),
                _ => self.refund(),
            }
        }
        self.observations
    }

    fn reserve(&mut self) {
        let (marketplace, place) = (
            self.marketplace,
            self.index(self.marketplace.listings.len()),
        );
        let guest = self.index(marketplace.guests.len());
        let (check_in, check_out) = self.dates();
        let body = json!({
            "property_id": marketplace.listings[place].id, "check_in": check_in, "check_out": check_out,
            "guests": {"adults": 1 + self.rng.below(3), "children": 0, "infants": 0, "pets": 0},
        });
        let answer = self.post(
            "reserve",
            &marketplace.guests[guest],
            "/v1/bookings/",
            &body,
        );
        if answer.status == 201 {
            marketplace.note(KnownBooking {
                id: answer.at("/id"),
                place,
                guest,
                status: answer.at("/status"),
                payment: None,
            });
        }
    }

    fn pay(&mut self) {
        let Some(booking) = self.recent(&["pending_payment"]) else {
            return;
        };
        let card = *self.rng.choose(CARDS);
        let body = json!({"booking_id": booking.id, "payment_method": card});
        self.post(
            "pay",
            &self.marketplace.guests[booking.guest],
            "/v1/payments/",
            &body,
        );
    }

    fn act_as_host(&mut self, kind: &'static str, verb: &str, states: &[&str]) {
        let Some(booking) = self.recent(states) else {
            return;
        };
        let path = format!("/v1/bookings/{}/{verb}", booking.id);
        self.post(
            kind,
            &self.marketplace.listings[booking.place].host,
            &path,
            &json!({}),
        );
    }

    fn act_as_guest(&mut self, kind: &'static str, verb: &str, states: &[&str]) {
        let Some(booking) = self.recent(states) else {
            return;
        };
        let path = format!("/v1/bookings/{}/{verb}", booking.id);
        self.post(
            kind,
            &self.marketplace.guests[booking.guest],
            &path,
            &json!({}),
        );
    }

    /// Alters a booking, mostly as the guest, sometimes as the host.
    fn alter(&mut self) {
        let Some(booking) = self.recent(&["pending_payment", "confirmed"]) else {
            return;
        };
        let (check_in, check_out) = self.dates();
        let marketplace = self.marketplace;
        let by_host = self.rng.below(4) == 0;
        let who = if by_host {
            &marketplace.listings[booking.place].host
        } else {
            &marketplace.guests[booking.guest]
        };
        let body = json!({"check_in": check_in, "check_out": check_out});
        let answer = who.patch(&format!("/v1/bookings/{}", booking.id), &body);
        self.observe("alter", &answer);
    }

    /// Cancels with a random refund.
    fn cancel_as_operator(&mut self) {
        let Some(booking) = self.recent(CONFIRMED) else {
            return;
        };
        let path = format!("/v1/bookings/{}/cancel", booking.id);
        let body = json!({"reason": "a burst pipe", "refund_bps": 100 * self.rng.below(101)});
        self.post(
            "cancel by operator",
            &self.marketplace.operator,
            &path,
            &body,
        );
    }

    /// Blocks nights or removes blocks; only the operator may remove those of a host's cancellation.
    fn block(&mut self) {
        let place = &self.marketplace.listings[self.index(self.marketplace.listings.len())];
        let (from, to) = self.dates();
        let blocked = self.rng.below(3) == 0;
        let who = if blocked {
            &place.host
        } else {
            &self.marketplace.operator
        };
        let body = json!({"from": from, "to": to, "blocked": blocked}).to_string();
        let path = format!("/v1/properties/{}/calendar", place.id);
        let headers = [("content-type", "application/json")];
        let answer = who.send("PUT", &path, &headers, Some(body));
        self.observe(if blocked { "block" } else { "unblock" }, &answer);
    }

    fn refund(&mut self) {
        let Some((booking, payment)) = self
            .recent(CONFIRMED)
            .and_then(|it| Some((it.clone(), it.payment?)))
        else {
            return;
        };
        let amount = json!({"amount": 1 + self.rng.below(5_000), "currency": "USD"});
        let path = format!("/v1/payments/{payment}/refunds");
        let body = json!({"amount": amount, "reason": "the stove was cold"});
        self.post(
            "refund",
            &self.marketplace.listings[booking.place].host,
            &path,
            &body,
        );
    }

    /// Posts with an idempotency key and retries once after a 503.
    fn post(&mut self, kind: &'static str, who: &Client, path: &str, body: &Value) -> Answer {
        self.asked += 1;
        let key = format!("{}-{}", self.number, self.asked);
        let ask = || {
            who.post_once(path, &key, body)
                .unwrap_or_else(|error| panic!("{kind}: {error}"))
        };
        let mut answer = ask();
        self.observe(kind, &answer);
        if answer.status == 503 {
            sleep(Duration::from_millis(100));
            answer = ask();
            self.observe(kind, &answer);
        }
        answer
    }

    /// Records an answer.
    fn observe(&mut self, kind: &'static str, answer: &Answer) {
        self.observations.note(kind, answer);
        if matches!(answer.status, 200 | 201) {
            self.marketplace.update(&answer.json());
        }
    }

    /// A booking last seen in one of these states; occasionally any other.
    fn recent(&mut self, states: &[&str]) -> Option<KnownBooking> {
        let rng = &mut self.rng;
        let states = if rng.below(8) == 0 { &[] } else { states };
        self.marketplace.recent(states, |bound| rng.below(bound))
    }

    fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(bound as u64)).unwrap()
    }

    /// A stay of one to four nights.
    fn dates(&mut self) -> (NaiveDate, NaiveDate) {
        let first = FROM + self.rng.below(DATES);
        let day = |ahead| Utc::now().date_naive() + Days::new(ahead);
        (day(first), day(first + 1 + self.rng.below(4)))
    }
}
