//! Workflow order: steps cannot be skipped or repeated.

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use crate::security::support::fixtures::{act, booking_body, create_listing, paid_booking};

fn verb(who: &Client, booking: &str, verb: &str) -> (u16, String) {
    let answer = who.post(&format!("/v1/bookings/{booking}/{verb}"), &json!({}));
    (answer.status, answer.at("/code"))
}

fn state(who: &Client, booking: &str) -> String {
    who.get(&format!("/v1/bookings/{booking}"))
        .expect(200)
        .at("/status")
}

/// Fails unless all these commands are rejected and the status of the booking is unchanged.
fn assert_transitions_refused(who: &Client, booking: &str, status: &str, verbs: &[&str]) {
    for it in verbs {
        let (answered, code) = verb(who, booking, it);
        assert_eq!(answered, 409, "{it} of a booking that is {status}: {code}");
        assert_eq!(state(who, booking), status, "after {it}");
    }
}

fn review(booking: &str) -> Value {
    json!({"booking_id": booking, "rating": 5, "categories": {}, "public_comment": "A good stay."})
}

#[test]
fn booking_steps_cannot_be_skipped() {
    let (server, clock) = Server::before_midnight(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let property = create_listing(&host, "instant");
    let on_request = create_listing(&host, "request");

    // Held, not paid.
    let held = guest
        .post("/v1/bookings/", &booking_body(&property, 0, 2))
        .expect(201)
        .at("/id");
    assert_transitions_refused(&guest, &held, "pending_payment", &["check-in", "check-out"]);
    assert_transitions_refused(
        &host,
        &held,
        "pending_payment",
        &["accept", "decline", "check-in", "check-out", "no-show"],
    );
    guest.post("/v1/reviews/", &review(&held)).expect(409);

    // Paid, not accepted.
    let asked = paid_booking(&guest, &on_request, 1, 3);
    assert_transitions_refused(&guest, &asked, "awaiting_host", &["check-in", "check-out"]);
    assert_transitions_refused(
        &host,
        &asked,
        "awaiting_host",
        &["check-in", "check-out", "no-show"],
    );
    act(&host, &asked, "accept");
    assert_transitions_refused(
        &host,
        &asked,
        "confirmed",
        &["accept", "decline", "check-out"],
    );

    // Paid: not paid twice, and not reviewed before the stay.
    let payment = json!({"booking_id": held, "payment_method": "pm_card_visa"});
    let payment_id = guest.post("/v1/payments/", &payment).expect(201).at("/id");
    guest.post("/v1/payments/", &payment).expect(409);
    let charged = guest.get(&format!("/v1/payments/{payment_id}")).expect(200);
    assert_eq!(charged.at("/captured/amount"), charged.at("/amount/amount"));
    assert_transitions_refused(&guest, &held, "confirmed", &["check-out"]);
    for who in [&guest, &host] {
        who.post("/v1/reviews/", &review(&held)).expect(409);
    }
    for answer in ["accept", "decline", "withdraw"] {
        guest
            .post(
                &format!("/v1/bookings/{held}/alteration/{answer}"),
                &Value::Null,
            )
            .expect(409);
    }

    // Completed: no transition, and one review.
    act(&guest, &held, "check-in");
    assert_transitions_refused(&guest, &held, "checked_in", &["check-in"]);
    assert_transitions_refused(&host, &held, "checked_in", &["accept", "no-show"]);
    clock.pass_midnight();
    act(&guest, &held, "check-out");
    assert_transitions_refused(
        &guest,
        &held,
        "completed",
        &["check-in", "check-out", "cancel"],
    );
    assert_transitions_refused(
        &host,
        &held,
        "completed",
        &["accept", "decline", "no-show", "cancel"],
    );
    let written = guest
        .post("/v1/reviews/", &review(&held))
        .expect(201)
        .at("/id");
    guest.post("/v1/reviews/", &review(&held)).expect(409);
    // A blind review cannot be answered.
    host.post(
        &format!("/v1/reviews/{written}/response"),
        &json!({"text": "Thank you."}),
    )
    .expect(404);
}

#[test]
fn property_and_account_steps_cannot_be_skipped() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let draft = host
        .post("/v1/properties/", &json!({"title": "Cabin"}))
        .expect(201)
        .at("/id");
    host.post(&format!("/v1/properties/{draft}/publish"), &Value::Null)
        .expect(422);
    host.post(&format!("/v1/properties/{draft}/unpublish"), &Value::Null)
        .expect(409);
    guest
        .post("/v1/bookings/", &booking_body(&draft, 40, 43))
        .expect(404);
    assert_eq!(
        host.get(&format!("/v1/properties/{draft}"))
            .expect(200)
            .at("/status"),
        "draft"
    );
    let property = create_listing(&host, "instant");
    paid_booking(&guest, &property, 40, 43);
    host.delete(&format!("/v1/properties/{property}"))
        .expect(409);
    // No login before the address is verified.
    let una = json!({
        "email": "una@test.example", "password": sojourn_tests::PASSWORD, "first_name": "Una", "last_name": "Test",
    });
    server.client().post("/v1/users/", &una).expect(201);
    server
        .log_in("una@test.example", sojourn_tests::PASSWORD)
        .expect_problem(401, "bad_credentials");
}
