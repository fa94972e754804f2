//! Changes merge as the merge patches of REST do.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, TestDatabase};

use super::{data, send, with_camel_case};
use crate::permissions::fixture::property_body;
use crate::security::support::fixtures::{act, create_listing, paid_booking};

const UPDATE: &str = "mutation($id: UUID!, $changes: PropertyChangesInput!) {
    updateProperty(input: {propertyId: $id, changes: $changes}) { property { id } } }";

/// Patches that are applied one after the other.
fn patches() -> Vec<Value> {
    vec![
        json!({"address": {"line2": "Flat 2", "postal_code": "12201"}}),
        json!({"address": {"line2": null, "city": "Troy"}}),
        json!({"pricing": {"weekend": {"amount": 12_000, "currency": "USD"}}}),
        json!({"pricing": {"weekly_discount_bps": 1_000, "early_bird": {"days_ahead": 60, "discount_bps": 500}}}),
        json!({"pricing": {"early_bird": {"discount_bps": 700}}}),
        json!({"pricing": {"extra_guest_fee": {"after": 2, "per_night": {"amount": 1_500, "currency": "USD"}}}}),
        json!({"pricing": {"extra_guest_fee": {"after": 3}, "weekend": null}}),
        json!({"pricing": {"taxes": [{"name": "City tax", "kind": "percent", "bps": 500}]}}),
        json!({"pricing": {"length_of_stay_discounts": [{"nights": 5, "discount_bps": 300}]}}),
        json!({"pricing": {"length_of_stay_discounts": [], "weekly_discount_bps": null, "taxes": null}}),
        json!({"pricing": {"nightly": {"amount": 9_000, "currency": "USD"}, "early_bird": null}}),
        json!({"stay_rules": {"min_nights": 2}}),
        json!({"stay_rules": {"max_nights": 20, "check_in_from": "16:00"}}),
        json!({"stay_rules": {"weekdays": [{"weekday": "friday", "min_nights": 3}]}}),
        json!({"stay_rules": {"min_nights": null, "preparation_nights": 1}}),
        json!({"stay_rules": {"weekdays": []}, "max_guests": 5, "house_rules": "No shoes."}),
        json!({"stay_rules": null, "house_rules": null}),
        json!({"location": {"latitude": 42.0, "longitude": -73.0}}),
    ]
}

/// The change over GraphQL: names and words of enumerations as there.
fn change(host: &Client, id: &str, patch: &Value) -> Answer {
    let text = with_camel_case(patch).to_string();
    let text = text
        .replace("\"percent\"", "\"PERCENT\"")
        .replace("\"friday\"", "\"FRIDAY\"");
    let changes: Value = serde_json::from_str(&text).unwrap();
    send(host, UPDATE, &json!({"id": id, "changes": changes}))
}

/// A property without what differs between two of them.
fn details(host: &Client, id: &str) -> Value {
    let mut page = host.get(&format!("/v1/properties/{id}")).expect(200).json();
    for name in ["id", "created_at", "updated_at"] {
        page.as_object_mut().unwrap().remove(name);
    }
    page
}

#[test]
fn changes_of_a_property_merge_as_over_rest() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("hannah");
    let draft = |body: &Value| host.post("/v1/properties/", body).expect(201).at("/id");
    let [over_rest, over_graphql] = [(); 2].map(|()| draft(&property_body("instant")));
    for patch in patches() {
        host.patch(&format!("/v1/properties/{over_rest}"), &patch)
            .expect(200);
        let answer = change(&host, &over_graphql, &patch).json();
        assert!(answer["errors"].is_null(), "{patch}: {answer}");
        assert_eq!(
            details(&host, &over_graphql),
            details(&host, &over_rest),
            "{patch}"
        );
    }
    // What is missing for a new object is named, and nothing is changed.
    let empty = draft(&json!({"title": "Tent"}));
    for (patch, paths) in [
        (
            json!({"pricing": {"weekly_discount_bps": 100}}),
            vec![json!(["pricing", "nightly"])],
        ),
        (
            json!({"pricing": {"nightly": null}}),
            vec![json!(["pricing", "nightly"])],
        ),
        (
            json!({"pricing": {"nightly": {"amount": 9_000, "currency": "USD"}, "last_minute": {"days_ahead": 3},
                "extra_guest_fee": {}}}),
            vec![
                json!(["pricing", "lastMinute", "discountBps"]),
                json!(["pricing", "extraGuestFee", "after"]),
                json!(["pricing", "extraGuestFee", "perNight"]),
            ],
        ),
    ] {
        let before = details(&host, &empty);
        let error = change(&host, &empty, &patch).json()["errors"][0]["extensions"].clone();
        let violations = error["violations"].as_array().unwrap().clone();
        let mut found: Vec<_> = violations.iter().map(|it| it["path"].to_string()).collect();
        let mut wanted: Vec<_> = paths.iter().map(Value::to_string).collect();
        found.sort();
        wanted.sort();
        assert_eq!(
            (found, &error["code"]),
            (wanted, &json!("validation_failed")),
            "{patch}"
        );
        assert_eq!(details(&host, &empty), before, "{patch}");
        host.patch(&format!("/v1/properties/{empty}"), &patch)
            .expect(422);
    }
}

#[test]
fn changes_of_a_review_merge_its_categories() {
    let (server, clock) = Server::before_midnight(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("hannah"), server.sign_up("gus"));
    let property = create_listing(&host, "instant");
    let booking = paid_booking(&guest, &property, 0, 1);
    act(&guest, &booking, "check-in");
    clock.pass_midnight();
    act(&guest, &booking, "check-out");
    let write = json!({"booking_id": booking, "rating": 4, "public_comment": "Quiet.",
        "categories": {"cleanliness": 4, "value": 3}});
    let id = guest.post("/v1/reviews/", &write).expect(201).at("/id");
    let update = "mutation($id: UUID!, $changes: ReviewChangesInput!) {
        updateReview(input: {reviewId: $id, changes: $changes}) { review { rating categories { cleanliness value location } } } }";
    let changed = |changes: Value| {
        let found = data(&guest, update, &json!({"id": id, "changes": changes}));
        found["updateReview"]["review"].clone()
    };
    let first = changed(json!({"categories": {"location": 5, "value": null}}));
    let categories = json!({"cleanliness": 4, "value": null, "location": 5});
    assert_eq!(first, json!({"rating": 4, "categories": categories}));
    let second = changed(json!({"rating": 5}));
    assert_eq!(second, json!({"rating": 5, "categories": categories}));
    let third = changed(json!({"categories": null}));
    assert_eq!(
        third["categories"],
        json!({"cleanliness": null, "value": null, "location": null})
    );
}
