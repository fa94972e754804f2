//! Subscriptions over Server-Sent Events.

use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{Days, Utc};
use serde_json::{Value, json};
use sojourn_tests::{
    Client, EventStream, Frame, Member, Server, ServerOptions, TestDatabase, databases,
};

use super::{code, data};

/// The secret of both servers.
const SECRET: &str = "the secret that two servers of a marketplace share";

const BOOKING_CHANGED: &str = "subscription($id: UUID) { bookingChanged(bookingId: $id) { id status host { firstName } guest { email } } }";
const NOTIFICATION_ADDED: &str =
    "subscription { notificationAdded { id title text createdAt subject { kind id } } }";

fn subscribe(client: &Client, document: &str, variables: &Value) -> EventStream {
    resume(client, document, variables, None)
}

fn resume(client: &Client, document: &str, variables: &Value, after: Option<&str>) -> EventStream {
    let body = json!({"query": document, "variables": variables});
    let after = after.map(|id| ("last-event-id", id));
    let headers: Vec<_> = after.into_iter().collect();
    EventStream::open(client, &body, &headers)
}

/// The data of the next event of a field, and its id.
fn next(stream: &EventStream, field: &str) -> (Value, String) {
    let (name, id, result) = stream.event();
    assert_eq!(name, "next", "{result:#}");
    assert!(result["errors"].is_null(), "{result:#}");
    let id = id.unwrap();
    assert_eq!(result["extensions"]["eventId"], id.as_str());
    (result["data"][field].clone(), id)
}

/// The code of the errors of the next event, and the end of the stream.
fn last_code(stream: &EventStream) -> String {
    let (name, _, result) = stream.event();
    assert_eq!(name, "next");
    let code = result["errors"][0]["extensions"]["code"].as_str().unwrap();
    assert_eq!(stream.event().0, "complete");
    assert_eq!(stream.frame(Duration::from_secs(5)), None);
    code.to_owned()
}

struct Stage {
    /// Two servers of one marketplace.
    servers: [Server; 2],
    host: Member,
    guest: Member,
    property: String,
}

impl Stage {
    fn on(database: &TestDatabase) -> Self {
        let servers = [false, true].map(|no_worker| {
            let options = ServerOptions {
                variables: &[("SOJOURN_SECRET", SECRET)],
                no_worker,
                ..ServerOptions::default()
            };
            Server::with(database, options)
        });
        let (host, guest) = (
            servers[0].sign_up_member("host"),
            servers[0].sign_up_member("guest"),
        );
        let body = json!({
            "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
            "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
            "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
            "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
        });
        let property = host
            .client
            .post("/v1/properties/", &body)
            .expect(201)
            .at("/id");
        let publish = format!("/v1/properties/{property}/publish");
        host.client.post(&publish, &Value::Null).expect(200);
        Self {
            servers,
            host,
            guest,
            property,
        }
    }

    /// The same client at the second server.
    fn elsewhere(&self, client: &Client) -> Client {
        client.at(&self.servers[1].url)
    }

    fn reserve(&self, ahead: u64) -> String {
        let day = |offset| Utc::now().date_naive() + Days::new(ahead + offset);
        let body = json!({
            "property_id": self.property, "check_in": day(0), "check_out": day(2),
            "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
        });
        self.guest
            .client
            .post("/v1/bookings/", &body)
            .expect(201)
            .at("/id")
    }

    fn pay(&self, booking: &str) {
        let body = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        self.guest.client.post("/v1/payments/", &body).expect(201);
    }

    fn cancel(&self, booking: &str) {
        let path = format!("/v1/bookings/{booking}/cancel");
        self.guest.client.post(&path, &json!({})).expect(200);
    }
}

#[test]
fn changes_on_one_server_are_sent_by_another_in_order_and_continue_after_an_event() {
    for database in databases() {
        let stage = Stage::on(&database);
        let booking = stage.reserve(30);
        let (guest, host) = (
            stage.elsewhere(&stage.guest.client),
            stage.elsewhere(&stage.host.client),
        );
        let of_guest = subscribe(&guest, BOOKING_CHANGED, &json!({"id": booking}));
        assert_eq!(of_guest.status, 200, "{}", of_guest.head);
        assert!(
            of_guest
                .head
                .to_lowercase()
                .contains("content-type: text/event-stream")
        );
        assert_eq!(of_guest.frame(Duration::from_secs(5)), Some(Frame::Comment));
        let of_host = subscribe(&host, NOTIFICATION_ADDED, &json!({}));

        let began = Instant::now();
        stage.pay(&booking);
        let mut last = (Value::Null, String::new());
        while last.0["status"] != "CONFIRMED" {
            last = next(&of_guest, "bookingChanged");
            assert_eq!(last.0["id"], booking.as_str(), "{}", database.name);
            // The guest does not see an account's address of the guest's own booking through it.
            assert_eq!(last.0["host"]["firstName"], "host");
        }
        let took = began.elapsed();
        assert!(took < Duration::from_secs(10), "{took:?}");
        let (notice, _) = next(&of_host, "notificationAdded");
        assert_eq!(notice["title"], "Your booking is confirmed", "{notice:#}");
        assert_eq!(notice["subject"], json!({"kind": "BOOKING", "id": booking}));
        assert!(
            notice["text"].as_str().unwrap().contains("> Cabin"),
            "{notice:#}"
        );

        // What happens while nothing is open is sent after the last event that was received.
        drop((of_guest, of_host));
        let other = stage.reserve(60);
        stage.cancel(&booking);
        let variables = json!({"id": null});
        let all = resume(&guest, BOOKING_CHANGED, &variables, Some(&last.1));
        let mut is_known = false;
        loop {
            let changed = next(&all, "bookingChanged").0;
            if changed["id"] == other.as_str() {
                is_known = true;
            } else {
                assert_eq!(changed["id"], booking.as_str(), "{changed:#}");
                if is_known && changed["status"] == "CANCELLED" {
                    break;
                }
            }
        }

        // An id is of one account.
        let foreign = resume(&host, BOOKING_CHANGED, &variables, Some(&last.1));
        assert_eq!(foreign.status, 422, "{}", foreign.head);
        let forged = resume(&guest, BOOKING_CHANGED, &variables, Some("AAAA"));
        assert_eq!(forged.status, 422, "{}", forged.head);
    }
}

#[test]
fn an_account_learns_of_nothing_but_its_own() {
    for database in databases() {
        let stage = Stage::on(&database);
        let stranger = stage.servers[0].sign_up("stranger");
        let booking = stage.reserve(30);
        let foreign = subscribe(&stranger, BOOKING_CHANGED, &json!({"id": booking}));
        assert_eq!(last_code(&foreign), "not_found");
        let streams = [BOOKING_CHANGED, NOTIFICATION_ADDED]
            .map(|document| subscribe(&stranger, document, &json!({})));
        let operator = stage.servers[0].operator();
        let of_operator = subscribe(&operator, BOOKING_CHANGED, &json!({}));
        let of_host = subscribe(&stage.host.client, BOOKING_CHANGED, &json!({}));
        stage.pay(&booking);
        while next(&of_host, "bookingChanged").0["status"] != "CONFIRMED" {}
        for stream in streams.iter().chain([&of_operator]) {
            stream.assert_silent(Duration::from_secs(1));
        }
    }
}

#[test]
fn a_subscription_ends_with_its_session() {
    let database = TestDatabase::sqlite();
    let stage = Stage::on(&database);
    let booking = stage.reserve(30);
    let client = stage.host.client.clone();
    let (busy, idle) = (
        subscribe(&client, BOOKING_CHANGED, &json!({})),
        subscribe(&client, NOTIFICATION_ADDED, &json!({})),
    );
    client.post("/v1/auth/logout", &Value::Null).expect(204);
    let ended = Instant::now();
    stage.pay(&booking);
    // The event after the end of the session is not sent.
    assert_eq!(last_code(&busy), "token_invalid");
    assert_eq!(last_code(&idle), "token_invalid");
    assert!(ended.elapsed() < Duration::from_secs(14));

    // Without an event the end is noticed within the time between two comments.
    let member = stage.servers[0].sign_up_member("idle");
    let quiet = subscribe(&member.client, NOTIFICATION_ADDED, &json!({}));
    member
        .client
        .post("/v1/auth/logout", &Value::Null)
        .expect(204);
    assert_eq!(last_code(&quiet), "token_invalid");
}

#[test]
fn a_changed_password_is_notified_and_ends_other_sessions() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let member = server.sign_up_member("owner");
    let other = server.log_in_as(&member.email, &member.password);
    let (own, others) = (
        subscribe(&member.client, NOTIFICATION_ADDED, &json!({})),
        subscribe(&other.client, NOTIFICATION_ADDED, &json!({})),
    );
    let body = json!({"current_password": member.password, "new_password": "five loud lanterns"});
    member
        .client
        .post("/v1/auth/password/change", &body)
        .expect(204);
    let (notice, _) = next(&own, "notificationAdded");
    assert_eq!(notice["title"], "Your password was changed");
    assert_eq!(
        notice["subject"],
        json!({"kind": "ACCOUNT", "id": member.id})
    );
    assert_eq!(last_code(&others), "token_invalid");
}

#[test]
fn an_account_has_a_limited_number_of_subscriptions() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.sign_up("busy");
    let open = || subscribe(&client, NOTIFICATION_ADDED, &json!({}));
    let mut streams: Vec<_> = (0..5).map(|_| open()).collect();
    assert!(streams.iter().all(|stream| stream.status == 200));
    let refused = open();
    assert_eq!(refused.status, 429);
    assert!(
        refused.head.to_lowercase().contains("retry-after"),
        "{}",
        refused.head
    );
    assert_eq!(
        subscribe(&server.sign_up("other"), NOTIFICATION_ADDED, &json!({})).status,
        200
    );
    streams.pop();
    let began = Instant::now();
    while open().status != 200 {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "a closed stream is not noticed"
        );
        sleep(Duration::from_millis(500));
    }
}

#[test]
fn subscriptions_do_not_delay_the_end_of_the_server() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let stream = subscribe(&server.sign_up("guest"), NOTIFICATION_ADDED, &json!({}));
    assert_eq!(stream.status, 200);
    let began = Instant::now();
    server.stop();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    // Without `complete`: the client continues at another server.
    while let Some(frame) = stream.frame(Duration::from_secs(5)) {
        assert_eq!(frame, Frame::Comment);
    }
}

#[test]
fn other_operations_are_streams_of_one_event_and_refusals_are_plain() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.sign_up("guest");
    let query = subscribe(&client, "{ me { firstName } }", &json!({}));
    let (name, _, result) = query.event();
    assert_eq!(
        (name.as_str(), &result["data"]["me"]["firstName"]),
        ("next", &json!("guest"))
    );
    assert_eq!(query.event().0, "complete");
    assert_eq!(query.frame(Duration::from_secs(5)), None);

    for (document, status) in [
        ("subscription { bookingChanged { nothing } }", 400),
        (
            "subscription { bookingChanged { id } notificationAdded { id } }",
            400,
        ),
        ("subscription { bookingChanged(bookingId: 1) { id } }", 400),
        ("subscription {", 400),
    ] {
        let refused = subscribe(&client, document, &json!({}));
        assert_eq!(refused.status, status, "{document}");
        assert!(
            refused.head.contains("graphql-response+json"),
            "{}",
            refused.head
        );
    }
    let anonymous = subscribe(&server.client(), NOTIFICATION_ADDED, &json!({}));
    assert_eq!(anonymous.status, 401);
    assert_eq!(
        code(&client, NOTIFICATION_ADDED, &json!({})),
        "not_acceptable"
    );
    data(&client, "{ me { id } }", &json!({}));
}
