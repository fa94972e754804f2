//! Every card of the simulated payment provider, as a guest meets it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, TestDatabase, payments_say, provider_did};

struct Town {
    server: Server,
    /// Goes away after the server.
    _database: TestDatabase,
    host: Client,
    guest: Client,
    property: String,
}

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

impl Town {
    fn build() -> Self {
        let database = TestDatabase::sqlite();
        let server = Server::start(&database);
        let (host, guest) = (server.join("host"), server.join("guest"));
        let body = json!({
            "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
            "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
            "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
            "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
        });
        let property = host.post("/v1/properties/", &body).expect(201).at("/id");
        host.post(&format!("/v1/properties/{property}/publish"), &Value::Null)
            .expect(200);
        Self {
            _database: database,
            server,
            host,
            guest,
            property,
        }
    }

    fn reserve(&self, from: u64) -> String {
        let body = json!({
            "property_id": self.property, "check_in": date(from), "check_out": date(from + 2),
            "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
        });
        self.guest
            .post("/v1/bookings/", &body)
            .expect(201)
            .at("/id")
    }

    fn pay(&self, booking: &str, card: &str) -> Answer {
        self.guest.post(
            "/v1/payments/",
            &json!({"booking_id": booking, "payment_method": card}),
        )
    }

    fn status(&self, booking: &str) -> String {
        self.guest
            .get(&format!("/v1/bookings/{booking}"))
            .expect(200)
            .at("/status")
    }

    fn waits_for(&self, booking: &str, status: &str) {
        let began = Instant::now();
        while self.status(booking) != status {
            assert!(began.elapsed() < Duration::from_secs(20), "never {status}");
            sleep(Duration::from_millis(50));
        }
    }

    /// The payments say what was done, and that is so many charges.
    fn charged(&self, times: usize) {
        self.server.settle(Duration::from_secs(30));
        let done = provider_did(&self.server.folder);
        assert_eq!(
            done.values().filter(|(kind, _)| kind == "capture").count(),
            times
        );
        assert_eq!(done, self.server.block_on(payments_say(&self.server.ports)));
        assert_eq!(self.server.examine().findings, []);
    }
}

#[test]
fn refused_cards_leave_the_hold_and_say_why() {
    let town = Town::build();
    let booking = town.reserve(40);
    for (card, code) in [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_insufficientFunds", "insufficient_funds"),
        ("pm_card_authenticationRequired", "authentication_required"),
        ("4242424242424242", "invalid_payment_method"),
    ] {
        town.pay(&booking, card).expect_problem(402, code);
        assert_eq!(town.status(&booking), "pending_payment");
    }
    town.pay(&booking, "pm_card_mastercard").expect(201);
    town.charged(1);
}

#[test]
fn lost_late_and_repeated_answers_charge_once() {
    let town = Town::build();
    let lost = town.reserve(40);
    town.pay(&lost, "pm_card_timeoutAfterCharge")
        .expect_problem(503, "payment_unavailable");
    assert_eq!(town.status(&lost), "pending_payment");
    assert_eq!(
        town.pay(&lost, "pm_card_timeoutAfterCharge")
            .expect(201)
            .at("/status"),
        "captured"
    );

    let late = town.reserve(43);
    town.pay(&late, "pm_card_answersLate")
        .expect_problem(503, "payment_unavailable");
    // Long before the worker would ask again.
    let began = Instant::now();
    town.waits_for(&late, "confirmed");
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "the answer did not arrive by itself"
    );

    let twice = town.reserve(46);
    town.pay(&twice, "pm_card_answersTwice").expect(201);
    town.waits_for(&twice, "confirmed");
    town.charged(3);
}

#[test]
fn a_stay_that_costs_nothing_is_paid_without_moving_money() {
    let town = Town::build();
    let free = json!({"pricing": {
        "nightly": {"amount": 10000, "currency": "USD"}, "early_bird": {"days_ahead": 30, "discount_bps": 10000},
    }});
    town.host
        .patch(&format!("/v1/properties/{}", town.property), &free)
        .expect(200);
    let booking = town.reserve(40);
    let paid = town.pay(&booking, "pm_card_visa").expect(201);
    assert_eq!(
        (
            paid.at("/status").as_str(),
            paid.at("/captured/amount").as_str()
        ),
        ("captured", "0")
    );
    assert_eq!(town.status(&booking), "confirmed");
    town.guest
        .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
        .expect(200);
    town.charged(1);
}
