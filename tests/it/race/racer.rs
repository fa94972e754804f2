//! One client, who does what comes to mind.

use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Client};

use super::chance::Chance;
use super::memory::Memory;
use super::town::{Known, Town};

/// The dates they race for begin so many days ahead, and are so many.
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

/// A booking in these states can be altered, or called off.
const CERTAIN: &[&str] = &["confirmed"];
const LIVE: &[&str] = &["pending_payment", "awaiting_host", "confirmed"];

pub struct Racer<'a> {
    town: &'a Town,
    chance: Chance,
    memory: Memory,
    number: u64,
    asked: u64,
}

impl<'a> Racer<'a> {
    pub fn new(town: &'a Town, number: u64) -> Self {
        Self {
            town,
            chance: Chance::new(number),
            memory: Memory::default(),
            number,
            asked: 0,
        }
    }

    /// Races, and tells what it was told.
    pub fn until(mut self, end: Instant) -> Memory {
        while Instant::now() < end {
            match self.chance.below(100) {
                0..25 => self.reserve(),
                25..47 => self.pay(),
                47..57 => self.of_host("accept", "accept", &["awaiting_host"]),
                57..60 => self.of_host("decline", "decline", &["awaiting_host"]),
                60..75 => self.alter(),
                75..80 => self.of_host("accept alteration", "alteration/accept", CERTAIN),
                80..82 => self.of_host("decline alteration", "alteration/decline", CERTAIN),
                82..84 => self.of_guest("withdraw alteration", "alteration/withdraw", CERTAIN),
                84..90 => self.of_guest("cancel", "cancel", LIVE),
                90..92 => self.of_host("cancel by host", "cancel", LIVE),
                92 => self.of_operator(),
                93..97 => self.block(),
                _ => self.give_back(),
            }
        }
        self.memory
    }

    fn reserve(&mut self) {
        let (town, place) = (self.town, self.index(self.town.places.len()));
        let guest = self.index(town.guests.len());
        let (check_in, check_out) = self.dates();
        let body = json!({
            "property_id": town.places[place].id, "check_in": check_in, "check_out": check_out,
            "guests": {"adults": 1 + self.chance.below(3), "children": 0, "infants": 0, "pets": 0},
        });
        let answer = self.post("reserve", &town.guests[guest], "/v1/bookings/", &body);
        if answer.status == 201 {
            town.note(Known {
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
        let card = *self.chance.of(CARDS);
        let body = json!({"booking_id": booking.id, "payment_method": card});
        self.post(
            "pay",
            &self.town.guests[booking.guest],
            "/v1/payments/",
            &body,
        );
    }

    fn of_host(&mut self, kind: &'static str, verb: &str, states: &[&str]) {
        let Some(booking) = self.recent(states) else {
            return;
        };
        let path = format!("/v1/bookings/{}/{verb}", booking.id);
        self.post(
            kind,
            &self.town.places[booking.place].host,
            &path,
            &json!({}),
        );
    }

    fn of_guest(&mut self, kind: &'static str, verb: &str, states: &[&str]) {
        let Some(booking) = self.recent(states) else {
            return;
        };
        let path = format!("/v1/bookings/{}/{verb}", booking.id);
        self.post(kind, &self.town.guests[booking.guest], &path, &json!({}));
    }

    /// Mostly the guest, sometimes the host.
    fn alter(&mut self) {
        let Some(booking) = self.recent(&["pending_payment", "confirmed"]) else {
            return;
        };
        let (check_in, check_out) = self.dates();
        let town = self.town;
        let by_host = self.chance.below(4) == 0;
        let who = if by_host {
            &town.places[booking.place].host
        } else {
            &town.guests[booking.guest]
        };
        let body = json!({"check_in": check_in, "check_out": check_out});
        let answer = who.patch(&format!("/v1/bookings/{}", booking.id), &body);
        self.told("alter", &answer);
    }

    /// An operator says how much comes back.
    fn of_operator(&mut self) {
        let Some(booking) = self.recent(CERTAIN) else {
            return;
        };
        let path = format!("/v1/bookings/{}/cancel", booking.id);
        let body = json!({"reason": "a burst pipe", "refund_bps": 100 * self.chance.below(101)});
        self.post("cancel by operator", &self.town.operator, &path, &body);
    }

    /// Blocks nights, or lifts blocks; only the operator lifts those that a host's cancellation left.
    fn block(&mut self) {
        let place = &self.town.places[self.index(self.town.places.len())];
        let (from, to) = self.dates();
        let blocked = self.chance.below(3) == 0;
        let who = if blocked {
            &place.host
        } else {
            &self.town.operator
        };
        let body = json!({"from": from, "to": to, "blocked": blocked}).to_string();
        let path = format!("/v1/properties/{}/calendar", place.id);
        let headers = [("content-type", "application/json")];
        let answer = who.send("PUT", &path, &headers, Some(body));
        self.told(if blocked { "block" } else { "unblock" }, &answer);
    }

    fn give_back(&mut self) {
        let Some((booking, payment)) = self
            .recent(CERTAIN)
            .and_then(|it| Some((it.clone(), it.payment?)))
        else {
            return;
        };
        let amount = json!({"amount": 1 + self.chance.below(5_000), "currency": "USD"});
        let path = format!("/v1/payments/{payment}/refunds");
        let body = json!({"amount": amount, "reason": "the stove was cold"});
        self.post(
            "give back",
            &self.town.places[booking.place].host,
            &path,
            &body,
        );
    }

    /// With a key of its own; told "not now", it asks once more with the same key.
    fn post(&mut self, kind: &'static str, who: &Client, path: &str, body: &Value) -> Answer {
        self.asked += 1;
        let key = format!("{}-{}", self.number, self.asked);
        let ask = || {
            who.post_once(path, &key, body)
                .unwrap_or_else(|error| panic!("{kind}: {error}"))
        };
        let mut answer = ask();
        self.told(kind, &answer);
        if answer.status == 503 {
            sleep(Duration::from_millis(100));
            answer = ask();
            self.told(kind, &answer);
        }
        answer
    }

    /// Notes what was answered.
    fn told(&mut self, kind: &'static str, answer: &Answer) {
        self.memory.note(kind, answer);
        if matches!(answer.status, 200 | 201) {
            self.town.heard(&answer.json());
        }
    }

    /// A booking that was last told in one of these states; now and then any other.
    fn recent(&mut self, states: &[&str]) -> Option<Known> {
        let chance = &mut self.chance;
        let states = if chance.below(8) == 0 { &[] } else { states };
        self.town.recent(states, |bound| chance.below(bound))
    }

    fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.chance.below(bound as u64)).unwrap()
    }

    /// One to four nights.
    fn dates(&mut self) -> (NaiveDate, NaiveDate) {
        let first = FROM + self.chance.below(DATES);
        let day = |ahead| Utc::now().date_naive() + Days::new(ahead);
        (day(first), day(first + 1 + self.chance.below(4)))
    }
}
