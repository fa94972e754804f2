//! Alterations with their figures, on a server whose clock is moved.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_application::ports::Clock as _;
use sojourn_tests::{
    Answer, Client, Member, PASSWORD, Server, ServerOptions, TestClock, TestDatabase, databases,
};

/// Check-in is at 15:00 UTC.
fn check_in_time(date: NaiveDate) -> DateTime<Utc> {
    date.and_hms_opt(15, 0, 0).unwrap().and_utc()
}

/// A server with one property, its host and a guest.
struct Stage {
    server: Server,
    clock: TestClock,
    host: Member,
    guest: Member,
    property: String,
    today: NaiveDate,
}

impl Stage {
    /// The property costs 100.00 a night; `policy` and `pricing` extend its details.
    fn set(database: &TestDatabase, policy: &str, pricing: &Value) -> Self {
        let clock = TestClock::new(TimeDelta::zero(), 1);
        let options = ServerOptions {
            clock: Some(clock.clone()),
            ..ServerOptions::default()
        };
        let server = Server::with(database, options);
        let (host, guest) = (
            server.sign_up_member("host"),
            server.sign_up_member("guest"),
        );
        let mut prices = json!({"nightly": {"amount": 10_000, "currency": "USD"}});
        let added = pricing.as_object().unwrap().clone();
        prices.as_object_mut().unwrap().extend(added);
        let body = json!({
            "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
            "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
            "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
            "pricing": prices, "cancellation_policy": policy,
            "stay_rules": {"check_in_from": "15:00", "max_nights": 120},
        });
        let property = host
            .client
            .post("/v1/properties/", &body)
            .expect(201)
            .at("/id");
        let publish = format!("/v1/properties/{property}/publish");
        host.client.post(&publish, &Value::Null).expect(200);
        Self {
            today: clock.now().date_naive(),
            server,
            clock,
            host,
            guest,
            property,
        }
    }

    fn on_sqlite(policy: &str, pricing: &Value) -> Self {
        Self::set(&TestDatabase::sqlite(), policy, pricing)
    }

    fn date(&self, ahead: u64) -> NaiveDate {
        self.today + Days::new(ahead)
    }

    /// Moves the clock and logs in again: access tokens live for minutes.
    fn move_to(&mut self, instant: DateTime<Utc>) {
        self.clock.move_to(instant);
        self.host = self.server.log_in_as(&self.host.email, PASSWORD);
        self.guest = self.server.log_in_as(&self.guest.email, PASSWORD);
    }

    fn hold(&self, from: u64, to: u64, rate: &str) -> Trip<'_> {
        let body = json!({
            "property_id": self.property, "check_in": self.date(from), "check_out": self.date(to), "rate": rate,
            "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
        });
        let id = self
            .guest
            .client
            .post("/v1/bookings", &body)
            .expect(201)
            .at("/id");
        Trip { stage: self, id }
    }

    fn trip(&self, id: &str) -> Trip<'_> {
        let id = id.to_owned();
        Trip { stage: self, id }
    }

    /// A paid booking.
    fn book(&self, from: u64, to: u64, rate: &str) -> String {
        let trip = self.hold(from, to, rate);
        let paid = json!({"booking_id": trip.id, "payment_method": "pm_card_visa"});
        self.guest.client.post("/v1/payments", &paid).expect(201);
        trip.id
    }
}

/// One booking.
struct Trip<'a> {
    stage: &'a Stage,
    id: String,
}

impl Trip<'_> {
    fn guest(&self) -> &Client {
        &self.stage.guest.client
    }

    fn path(&self, verb: &str) -> String {
        format!("/v1/bookings/{}{verb}", self.id)
    }

    fn get(&self) -> Answer {
        self.guest().get(&self.path("")).expect(200)
    }

    fn alter(&self, body: &Value) -> Answer {
        self.guest().patch(&self.path(""), body)
    }

    fn preview(&self, body: &Value) -> Answer {
        self.guest().post(&self.path("/alteration/preview"), body)
    }

    fn accept_as_host(&self) -> Answer {
        let path = self.path("/alteration/accept");
        self.stage.host.client.post(&path, &Value::Null)
    }

    /// Refund of a cancellation by the guest now.
    fn refund(&self) -> String {
        let preview = self.guest().get(&self.path("/cancellation")).expect(200);
        preview.at("/refund/amount")
    }

    fn refunded(&self) -> String {
        let payment = self.get().at("/payment_id");
        let payment = self
            .guest()
            .get(&format!("/v1/payments/{payment}"))
            .expect(200);
        payment.at("/refunded/amount")
    }

    /// Asserts that the change waits for the host and would refund this much.
    fn waits_for_host(&self, body: &Value, total: &str, refund: &str) {
        let before = self.get().at("/version");
        let preview = self.preview(body).expect(200);
        assert_eq!(
            (
                preview.at("/accepted_by").as_str(),
                preview.at("/total/amount").as_str()
            ),
            ("host", total)
        );
        assert_eq!(
            self.get().at("/version"),
            before,
            "a preview changes nothing"
        );
        let asked = self.alter(body).expect(200);
        assert_eq!(asked.at("/alteration/total/amount"), total);
        assert_eq!(asked.at("/alteration/refund/amount"), refund);
        assert_eq!(self.refunded(), "0");
        let seen = self.stage.host.client.get(&self.path("")).expect(200);
        assert_eq!(seen.at("/alteration/refund/amount"), refund);
    }
}

#[test]
fn shortening_a_non_refundable_stay_before_check_in_waits_for_the_host() {
    for database in databases() {
        let pricing = json!({"non_refundable_discount_bps": 1_000});
        let mut stage = Stage::set(&database, "flexible", &pricing);
        let id = stage.book(20, 30, "non_refundable");
        stage.move_to(check_in_time(stage.date(20)) - TimeDelta::hours(1));
        let trip = stage.trip(&id);
        assert_eq!(
            (
                trip.get().at("/total/amount").as_str(),
                trip.refund().as_str()
            ),
            ("102780", "0")
        );
        trip.waits_for_host(&json!({"check_out": stage.date(21)}), "10278", "92502");
        let mail = stage.server.mails_to(&stage.host.email).len();
        trip.accept_as_host().expect(200);
        assert_eq!(
            (trip.refunded().as_str(), trip.refund().as_str()),
            ("92502", "0")
        );
        assert!(mail <= stage.server.mails_to(&stage.host.email).len());
        assert!(stage.server.check_integrity().findings.is_empty());
    }
}

#[test]
fn shortening_a_strict_stay_on_its_second_day_waits_for_the_host() {
    let mut stage = Stage::on_sqlite("strict", &json!({}));
    let id = stage.book(20, 30, "standard");
    stage.move_to(check_in_time(stage.date(20)));
    let path = format!("/v1/bookings/{id}/check-in");
    stage.guest.client.post(&path, &Value::Null).expect(200);
    stage.move_to(check_in_time(stage.date(21)) - TimeDelta::hours(1));
    let trip = stage.trip(&id);
    assert_eq!(
        (
            trip.get().at("/total/amount").as_str(),
            trip.refund().as_str()
        ),
        ("114200", "0")
    );
    trip.waits_for_host(&json!({"check_out": stage.date(22)}), "22840", "91360");
    let refused = trip.alter(&json!({"check_out": stage.date(31), "guests": {"adults": 1}}));
    refused.expect_problem(422, "check_out_only");
}

#[test]
fn moving_a_stay_out_of_its_deadlines_waits_for_the_host() {
    for policy in ["firm", "limited"] {
        let mut stage = Stage::on_sqlite(policy, &json!({}));
        let id = stage.book(40, 50, "standard");
        stage.move_to(check_in_time(stage.date(40)) - TimeDelta::hours(1));
        let trip = stage.trip(&id);
        assert_eq!(trip.refund(), "0");
        let moved = json!({"check_in": stage.date(100), "check_out": stage.date(110)});
        trip.waits_for_host(&moved, "114200", "0");
    }
}

#[test]
fn a_stay_without_grace_gets_none_by_moving() {
    let stage = Stage::on_sqlite("strict", &json!({}));
    let trip = stage.trip(&stage.book(5, 15, "standard"));
    assert_eq!(trip.refund(), "0");
    let august = json!({"check_in": stage.date(65), "check_out": stage.date(75)});
    trip.waits_for_host(&august, "114200", "0");
    trip.accept_as_host().expect(200);
    // Half of the nights, as of any strict stay so far ahead.
    assert_eq!(trip.refund(), "50000");
}

#[test]
fn the_policy_for_the_nights_in_force_applies() {
    let stage = Stage::on_sqlite("flexible", &json!({}));
    let hold = stage.hold(20, 47, "standard");
    assert_eq!(hold.get().at("/cancellation_policy"), "flexible");
    let longer = json!({"check_out": stage.date(110)});
    assert_eq!(
        hold.preview(&longer).expect(200).at("/accepted_by"),
        "instant"
    );
    let altered = hold.alter(&longer).expect(200);
    let (nights, policy) = (altered.at("/nights"), altered.at("/cancellation_policy"));
    assert_eq!((nights.as_str(), policy.as_str()), ("90", "long_term_firm"));
    hold.guest()
        .post(&hold.path("/cancel"), &json!({}))
        .expect(200);
    let trip = stage.trip(&stage.book(140, 168, "standard"));
    assert_eq!(trip.get().at("/cancellation_policy"), "long_term_firm");
    let altered = trip
        .alter(&json!({"check_out": stage.date(145)}))
        .expect(200);
    let (nights, policy) = (altered.at("/nights"), altered.at("/cancellation_policy"));
    assert_eq!((nights.as_str(), policy.as_str()), ("5", "flexible"));
}

#[test]
fn an_infant_changes_no_price() {
    let last_minute = json!({"last_minute": {"days_ahead": 7, "discount_bps": 3_000}});
    let early_bird = json!({"early_bird": {"days_ahead": 30, "discount_bps": 2_000}});
    for (pricing, total) in [(last_minute, "114200"), (early_bird, "91360")] {
        let mut stage = Stage::on_sqlite("strict", &pricing);
        let id = stage.book(40, 50, "standard");
        stage.move_to(check_in_time(stage.date(35)));
        let trip = stage.trip(&id);
        let infant = json!({"guests": {"infants": 1}});
        let preview = trip.preview(&infant).expect(200);
        let shown =
            ["/total/amount", "/difference/amount", "/accepted_by"].map(|it| preview.at(it));
        assert_eq!(shown, [total, "0", "instant"]);
        let altered = trip.alter(&infant).expect(200);
        assert_eq!(altered.at("/guests/infants"), "1");
        assert_eq!(
            (
                altered.at("/total/amount").as_str(),
                trip.refunded().as_str()
            ),
            (total, "0")
        );
        assert_eq!(altered.json()["alteration"], Value::Null);
    }
}

#[test]
fn a_total_that_was_not_expected_changes_nothing() {
    let stage = Stage::on_sqlite("flexible", &json!({}));
    let trip = stage.trip(&stage.book(40, 43, "standard"));
    let calendar = json!({
        "from": stage.date(43), "to": stage.date(44), "price": {"amount": 50_000, "currency": "USD"},
    });
    let path = format!("/v1/properties/{}/calendar", stage.property);
    stage.host.client.put(&path, &calendar).expect(200);
    let mut longer = json!({
        "check_out": stage.date(44), "expected_total": {"amount": 45_680, "currency": "USD"},
    });
    let before = trip.get().text;
    for answer in [trip.preview(&longer), trip.alter(&longer)] {
        let problem = answer.expect_problem(409, "price_changed");
        assert_eq!(problem.at("/total/amount"), "91360");
    }
    assert_eq!(trip.get().text, before);
    longer["expected_total"]["amount"] = json!(91_360);
    let altered = trip.alter(&longer).expect(200);
    assert_eq!(altered.at("/total/amount"), "91360");
}

#[test]
fn at_most_ten_alterations_are_applied() {
    let stage = Stage::on_sqlite("flexible", &json!({}));
    let trip = stage.trip(&stage.book(40, 43, "standard"));
    for number in 0..10 {
        let party = json!({"guests": {"infants": 1 - number % 2}});
        trip.alter(&party).expect(200);
    }
    let party = json!({"guests": {"infants": 1}});
    trip.preview(&party)
        .expect_problem(409, "too_many_alterations");
    trip.alter(&party)
        .expect_problem(409, "too_many_alterations");
}

#[test]
fn a_guest_accepts_the_hosts_proposal_with_a_card() {
    let stage = Stage::on_sqlite("flexible", &json!({}));
    let trip = stage.trip(&stage.book(40, 43, "standard"));
    let longer = json!({"check_out": stage.date(44)});
    let host = &stage.host.client;
    let preview = host
        .post(&trip.path("/alteration/preview"), &longer)
        .expect(200);
    assert_eq!(preview.at("/accepted_by"), "guest");
    let mut named = longer.clone();
    named["payment_method"] = json!("pm_card_visa");
    host.patch(&trip.path(""), &named)
        .expect_problem(422, "validation_failed");
    host.patch(&trip.path(""), &longer).expect(200);
    let accept = trip.path("/alteration/accept");
    let declined = json!({"payment_method": "pm_card_chargeDeclined"});
    trip.guest()
        .post(&accept, &declined)
        .expect_problem(402, "card_declined");
    assert_eq!(trip.get().at("/nights"), "3");
    host.patch(&trip.path(""), &longer).expect(200);
    let other = json!({"payment_method": "pm_card_mastercard"});
    let altered = trip.guest().post(&accept, &other).expect(200);
    assert_eq!(
        (
            altered.at("/nights").as_str(),
            altered.at("/total/amount").as_str()
        ),
        ("4", "45680")
    );
    assert!(stage.server.check_integrity().findings.is_empty());
}

#[test]
fn a_request_that_awaits_its_host_is_not_altered() {
    let stage = Stage::on_sqlite("flexible", &json!({}));
    let path = format!("/v1/properties/{}", stage.property);
    stage
        .host
        .client
        .patch(&path, &json!({"booking_mode": "request"}))
        .expect(200);
    let trip = stage.trip(&stage.book(40, 43, "standard"));
    assert_eq!(trip.get().at("/status"), "awaiting_host");
    let longer = json!({"check_out": stage.date(44)});
    trip.alter(&longer).expect_problem(409, "wrong_state");
    trip.preview(&longer).expect_problem(409, "wrong_state");
}
