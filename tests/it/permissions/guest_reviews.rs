//! The reviews of a guest are shown to the guest, to hosts who deal with the guest, and to operators.

use serde_json::{Value, json};
use sojourn_tests::TestDatabase;

use super::fixture::{Marketplace, listed, stay_body};
use super::table::Actor;
use crate::graphql::{code, data};

const DOCUMENT: &str = "query($id: UUID!) { guestReviews(userId: $id, first: 5) {
    edges { node { subject publicComment privateNote } } } }";

#[test]
fn a_host_reads_the_reviews_of_a_guest_from_the_request_on() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let guest = marketplace.account("guest").id.clone();
    let path = format!("/v1/users/{guest}/reviews");
    let host = marketplace.client("", Actor::OtherHost);
    let client = marketplace.client("", Actor::Guest);
    let property = listed(&host, "request");
    host.get(&path).expect_problem(403, "forbidden");
    let own = client.get("/v1/users/me/reviews").expect(200).json();
    assert_eq!(own["data"].as_array().unwrap().len(), 1, "{own}");
    assert_eq!(own["data"][0]["subject"], "guest");
    assert_eq!(own["data"][0]["private_note"], "The tap drips.");

    // An unpaid hold is no request yet.
    let stay = stay_body(&property, 40, 43);
    let booking = client.post("/v1/bookings/", &stay).expect(201).at("/id");
    host.get(&path).expect_problem(403, "forbidden");
    assert_eq!(code(&host, DOCUMENT, &json!({"id": guest})), "forbidden");
    let payment = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
    client.post("/v1/payments/", &payment).expect(201);
    let shown = host.get(&path).expect(200).json();
    assert_eq!(shown["data"].as_array().unwrap().len(), 1, "{shown}");
    assert_eq!(shown["data"][0]["public_comment"], "A good stay.");
    assert_eq!(shown["data"][0].get("private_note"), None, "{shown}");
    let found = data(&host, DOCUMENT, &json!({"id": guest}));
    let expected =
        json!({"subject": "GUEST", "publicComment": "A good stay.", "privateNote": null});
    assert_eq!(found["guestReviews"]["edges"], json!([{"node": expected}]));

    // A declined request is over.
    host.post(&format!("/v1/bookings/{booking}/decline"), &Value::Null)
        .expect(200);
    host.get(&path).expect_problem(403, "forbidden");
    marketplace
        .client("", Actor::Admin)
        .get("/v1/users/01a00000-0000-7000-8000-000000000000/reviews")
        .expect_problem(404, "not_found");
}
