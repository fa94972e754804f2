//! Every test card of the simulated payment gateway.

use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, TestDatabase, gateway_calls, recorded_calls};

struct CardScenario {
    server: Server,
    /// Dropped after the server.
    _database: TestDatabase,
    host: Client,
    guest: Client,
    property: String,
}

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

impl CardScenario {
    fn build() -> Self {
        let database = TestDatabase::sqlite();
        let server = Server::start(&database);
        let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
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

    fn wait_for_status(&self, booking: &str, status: &str) {
        let began = Instant::now();
        while self.status(booking) != status {
            assert!(began.elapsed() < Duration::from_secs(20), "never {status}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Fails unless payments and gateway agree on this number of captures.
    fn assert_charges(&self, times: usize) {
        self.server.wait_until_idle(Duration::from_secs(30));
        let done = gateway_calls(&self.server.folder);
        assert_eq!(
            done.values().filter(|(kind, _)| kind == "capture").count(),
            times
        );
        assert_eq!(
            done,
            self.server.block_on(recorded_calls(&self.server.ports))
        );
        assert_eq!(self.server.check_integrity().findings, []);
    }
}

#[test]
fn declined_cards_keep_the_hold_and_report_the_reason() {
    let scenario = CardScenario::build();
    let booking = scenario.reserve(40);
    for (card, code) in [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_insufficientFunds", "insufficient_funds"),
        ("pm_card_authenticationRequired", "authentication_required"),
        ("4242424242424242", "invalid_payment_method"),
    ] {
        scenario.pay(&booking, card).expect_problem(402, code);
        assert_eq!(scenario.status(&booking), "pending_payment");
    }
    scenario.pay(&booking, "pm_card_mastercard").expect(201);
    scenario.assert_charges(1);
}

#[test]
fn lost_late_and_repeated_gateway_answers_charge_once() {
    let scenario = CardScenario::build();
    let lost = scenario.reserve(40);
    scenario
        .pay(&lost, "pm_card_timeoutAfterCharge")
        .expect_problem(503, "payment_unavailable");
    assert_eq!(scenario.status(&lost), "pending_payment");
    assert_eq!(
        scenario
            .pay(&lost, "pm_card_timeoutAfterCharge")
            .expect(201)
            .at("/status"),
        "captured"
    );

    let late = scenario.reserve(43);
    scenario
        .pay(&late, "pm_card_answersLate")
        .expect_problem(503, "payment_unavailable");
    // Well before the retry of the worker.
    let began = Instant::now();
    scenario.wait_for_status(&late, "confirmed");
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "the answer did not arrive by itself"
    );

    let twice = scenario.reserve(46);
    scenario.pay(&twice, "pm_card_answersTwice").expect(201);
    scenario.wait_for_status(&twice, "confirmed");
    scenario.assert_charges(3);
}

#[test]
fn free_stay_is_confirmed_without_a_charge() {
    let scenario = CardScenario::build();
    let free = json!({"pricing": {
        "nightly": {"amount": 10000, "currency": "USD"}, "early_bird": {"days_ahead": 30, "discount_bps": 10000},
    }});
    scenario
        .host
        .patch(&format!("/v1/properties/{}", scenario.property), &free)
        .expect(200);
    let booking = scenario.reserve(40);
    let paid = scenario.pay(&booking, "pm_card_visa").expect(201);
    assert_eq!(
        (
            paid.at("/status").as_str(),
            paid.at("/captured/amount").as_str()
        ),
        ("captured", "0")
    );
    assert_eq!(scenario.status(&booking), "confirmed");
    scenario
        .guest
        .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
        .expect(200);
    scenario.assert_charges(1);
}
