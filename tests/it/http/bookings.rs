//! Concurrent booking, payment and cancellation.

use std::thread;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, databases};

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

fn listed(host: &Client) -> String {
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

fn booking(property: &str, from: u64, to: u64) -> Value {
    json!({
        "property_id": property, "check_in": date(from), "check_out": date(to),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

#[test]
fn concurrent_holds_for_the_same_nights_succeed_once() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let property = listed(&host);
        let guest = server.sign_up("guest");
        let racers: Vec<_> = (0..16_u64)
            .map(|n| {
                let (guest, body) = (guest.clone(), booking(&property, 30 + n % 3, 33 + n % 3));
                thread::spawn(move || guest.post("/v1/bookings/", &body))
            })
            .collect();
        let answers: Vec<_> = racers
            .into_iter()
            .map(|racer| racer.join().unwrap())
            .collect();
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(
            won, 1,
            "on {}: every pair of these stays overlaps",
            database.name
        );
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.expect_problem(409, "dates_unavailable");
        }
    }
}

#[test]
fn concurrent_cancellations_refund_once() {
    for database in databases() {
        let server = Server::start(&database);
        let property = listed(&server.sign_up("host"));
        let guest = server.sign_up("guest");
        let made = guest
            .post("/v1/bookings/", &booking(&property, 40, 43))
            .expect(201);
        let (id, total) = (made.at("/id"), made.at("/total/amount"));
        let paid = json!({"booking_id": id, "payment_method": "pm_card_visa"});
        let payment = guest.post("/v1/payments/", &paid).expect(201).at("/id");
        let racers: Vec<_> = (0..4)
            .map(|_| {
                let (guest, path) = (guest.clone(), format!("/v1/bookings/{id}/cancel"));
                thread::spawn(move || guest.post(&path, &json!({})))
            })
            .collect();
        let answers: Vec<_> = racers
            .into_iter()
            .map(|racer| racer.join().unwrap())
            .collect();
        assert_eq!(
            answers.iter().filter(|answer| answer.status == 200).count(),
            1,
            "on {}",
            database.name
        );
        let payment = guest.get(&format!("/v1/payments/{payment}")).expect(200);
        assert_eq!(payment.at("/refunded/amount"), total);
        let refunds = payment.json()["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["kind"] == "refund")
            .count();
        assert_eq!(refunds, 1);
        guest
            .post("/v1/bookings/", &booking(&property, 40, 43))
            .expect(201);
    }
}

#[test]
fn strangers_cannot_read_or_change_a_booking() {
    let server = Server::start(&sojourn_tests::TestDatabase::sqlite());
    let (host, guest, stranger) = (
        server.sign_up("host"),
        server.sign_up("guest"),
        server.sign_up("stranger"),
    );
    let property = listed(&host);
    let made = guest
        .post("/v1/bookings/", &booking(&property, 40, 43))
        .expect(201);
    let path = format!("/v1/bookings/{}", made.at("/id"));
    let before = guest.get(&path).expect(200).text;
    stranger.get(&path).expect_problem(404, "not_found");
    for verb in ["cancel", "check-in", "check-out", "no-show"] {
        stranger
            .post(&format!("{path}/{verb}"), &json!({}))
            .expect_problem(404, "not_found");
    }
    stranger
        .post(
            "/v1/payments/",
            &json!({"booking_id": made.at("/id"), "payment_method": "pm_card_visa"}),
        )
        .expect(404);
    stranger
        .patch(
            &format!("/v1/properties/{property}"),
            &json!({"title": "Mine"}),
        )
        .expect_problem(403, "forbidden");
    stranger
        .post(
            &format!("/v1/properties/{property}/unpublish"),
            &Value::Null,
        )
        .expect_problem(403, "forbidden");
    assert!(
        stranger.get("/v1/bookings/").expect(200).json()["data"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    stranger.get("/v1/users/").expect_problem(403, "forbidden");
    assert_eq!(guest.get(&path).text, before);
    // The location is approximate until the booking is confirmed.
    let page = |client: &Client| {
        client
            .get(&format!("/v1/properties/{property}"))
            .expect(200)
            .json()
    };
    assert_eq!(page(&stranger)["location"]["latitude"], 42.65);
    assert!(page(&stranger)["address"]["line1"].is_null());
    assert_eq!(page(&host)["location"]["latitude"], 42.65258);
}

#[test]
fn quote_with_an_outdated_price_is_rejected() {
    let server = Server::start(&sojourn_tests::TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let property = listed(&host);
    let mut body = booking(&property, 40, 42);
    let ask = json!({"check_in": body["check_in"], "check_out": body["check_out"], "guests": body["guests"]});
    let quote = guest
        .post(&format!("/v1/properties/{property}/quote"), &ask)
        .expect(200);
    assert_eq!(quote.at("/total/amount"), "22840");
    host.patch(
        &format!("/v1/properties/{property}"),
        &json!({"pricing": {"nightly": {"amount": 20000, "currency": "USD"}}}),
    )
    .expect(200);
    body["expected_total"] = quote.json()["total"].clone();
    guest
        .post("/v1/bookings/", &body)
        .expect_problem(409, "price_changed");
    body["quote_token"] = json!(format!("{}x", quote.at("/token")));
    guest
        .post("/v1/bookings/", &body)
        .expect_problem(422, "quote_invalid");
    body["quote_token"] = quote.json()["token"].clone();
    let made = guest.post("/v1/bookings/", &body).expect(201);
    assert_eq!(made.at("/total/amount"), "22840");
    let declined =
        json!({"booking_id": made.at("/id"), "payment_method": "pm_card_insufficientFunds"});
    guest
        .post("/v1/payments/", &declined)
        .expect_problem(402, "insufficient_funds");
    assert_eq!(
        guest
            .get(&format!("/v1/bookings/{}", made.at("/id")))
            .at("/status"),
        "pending_payment"
    );
}
