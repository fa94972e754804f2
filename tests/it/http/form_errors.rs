//! Errors that a form can show: every wrong field at once, what is allowed, and parameters apart from fields.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Server, TestDatabase};

/// Pointer and code of each violation, sorted.
fn violations(answer: &Answer) -> Vec<(String, String)> {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    let mut all: Vec<_> = errors
        .map(|error| (text(error, "pointer"), text(error, "code")))
        .collect();
    all.sort();
    all
}

fn wanted(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned()))
        .collect()
}

fn detail(answer: &Answer, pointer: &str) -> String {
    let body = answer.json();
    let mut errors = body["errors"].as_array().unwrap().iter();
    let error = errors.find(|it| it["pointer"] == pointer).unwrap();
    error["detail"].as_str().unwrap().to_owned()
}

#[test]
fn a_wrong_type_hides_no_other_field() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let registration =
        json!({"email": 5, "password": "short", "last_name": "", "currency": "XXQ", "nick": "A"});
    let refused = server.client().post("/v1/users", &registration).expect(422);
    assert_eq!(
        violations(&refused),
        wanted(&[
            ("/currency", "unknown_currency"),
            ("/email", "wrong_type"),
            ("/first_name", "required"),
            ("/last_name", "required"),
            ("/nick", "unknown_field"),
            ("/password", "too_short"),
        ])
    );
    let property = json!({
        "beds": "two", "max_guests": 0, "room_type": "cellar", "bathrooms": 0.3,
        "pricing": {"nightly": {"amount": 100}, "taxes": [{"name": "", "kind": "percent", "bps": 20_000}]},
    });
    let refused = host.post("/v1/properties", &property).expect(422);
    let found = violations(&refused);
    let all = [
        ("/bathrooms", "out_of_range"),
        ("/beds", "wrong_type"),
        ("/max_guests", "out_of_range"),
        ("/pricing/nightly/currency", "required"),
        ("/pricing/taxes/0/bps", "out_of_range"),
        ("/room_type", "invalid"),
    ];
    for violation in wanted(&all) {
        assert!(found.contains(&violation), "{violation:?} in {found:?}");
    }
    let booking = json!({"property_id": "x", "check_in": "2027-07-05", "check_out": 7, "guests": {"adults": 0, "dogs": 1}});
    let refused = host.post("/v1/bookings", &booking).expect(422);
    assert_eq!(
        violations(&refused),
        wanted(&[
            ("/check_out", "wrong_type"),
            ("/guests/adults", "out_of_range"),
            ("/guests/dogs", "unknown_field"),
            ("/property_id", "invalid"),
        ])
    );
    let range =
        json!({"to": "tomorrow", "blocked": "yes", "price": {"amount": 5, "currency": "XXQ"}});
    let id = host
        .post("/v1/properties", &json!({"title": "A"}))
        .expect(201)
        .at("/id");
    let refused = host
        .put(&format!("/v1/properties/{id}/calendar"), &range)
        .expect(422);
    assert_eq!(
        violations(&refused),
        wanted(&[
            ("/blocked", "wrong_type"),
            ("/from", "required"),
            ("/price/currency", "unknown_currency"),
            ("/to", "invalid"),
        ])
    );
}

#[test]
fn every_wrong_parameter_is_named_as_one() {
    let server = Server::start(&TestDatabase::sqlite());
    let operator = server.operator();
    let id = operator
        .post("/v1/properties", &json!({"title": "A"}))
        .expect(201)
        .at("/id");
    let cases = [
        (
            "/v1/bookings?status=odd&role=cat&limit=ten&from=soon&more=1".to_owned(),
            vec!["/from", "/limit", "/more", "/role", "/status"],
        ),
        (
            "/v1/properties?limit=0&sort=size&guests=many&currency=XXQ&property_type=x".to_owned(),
            vec!["/currency", "/guests", "/limit", "/property_type", "/sort"],
        ),
        (
            "/v1/admin/users?role=king&state=odd&limit=0".to_owned(),
            vec!["/limit", "/role", "/state"],
        ),
        (
            format!("/v1/properties/{id}/calendar?to=x"),
            vec!["/from", "/to"],
        ),
        (
            format!("/v1/properties/{id}/quote?check_in=x&adults=0&pets=many&rate=odd"),
            vec!["/adults", "/check_in", "/check_out", "/pets", "/rate"],
        ),
        (
            "/v1/admin/audit-log?action=sang&from=now&limit=101&subject_id=1".to_owned(),
            vec!["/action", "/from", "/limit", "/subject_id", "/subject_kind"],
        ),
    ];
    for (path, pointers) in cases {
        let refused = operator.get(&path).expect(422);
        let found: Vec<_> = violations(&refused)
            .into_iter()
            .map(|(pointer, _)| pointer)
            .collect();
        assert_eq!(found, pointers, "{path}");
        for error in refused.json()["errors"].as_array().unwrap() {
            let name = error["pointer"].as_str().unwrap().trim_start_matches('/');
            assert_eq!(error["parameter"], name, "{path}");
        }
    }
    let refused = operator
        .post("/v1/properties?x=1", &json!({"beds": "two"}))
        .expect(422);
    let body = refused.json();
    let errors = body["errors"].as_array().unwrap();
    let parameters: Vec<_> = errors
        .iter()
        .map(|it| (&it["pointer"], it.get("parameter")))
        .collect();
    assert_eq!(
        parameters,
        [(&json!("/beds"), None), (&json!("/x"), Some(&json!("x")))]
    );
}

#[test]
fn details_say_what_is_allowed() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let body = json!({
        "room_type": "cellar", "beds": "two", "address": [], "amenities": "wifi", "colour": 1, "max_pets": -1,
        "pricing": {"nightly": {"amount": 1, "currency": "USD"}, "taxes": [{"name": "T", "kind": "flat"}]},
    });
    let refused = host.post("/v1/properties", &body).expect(422);
    let cases = [
        (
            "/room_type",
            "must be one of entire_place, private_room, shared_room, hotel_room",
        ),
        ("/beds", "must be an integer from 0 to 4294967295"),
        ("/address", "must be an object"),
        ("/amenities", "must be an array"),
        ("/max_pets", "must be an integer from 0 to 4294967295"),
        (
            "/pricing/taxes/0/kind",
            "must be one of percent, per_night, per_guest_night",
        ),
    ];
    for (pointer, sentence) in cases {
        assert_eq!(detail(&refused, pointer), sentence);
    }
    assert!(detail(&refused, "/colour").contains("the fields are title, description"));
    for word in ["struct", "expected", "u32", "Dto", "serde"] {
        assert!(!refused.text.contains(word), "{word} in {}", refused.text);
    }
    let search = server.client().get("/v1/properties?sort=size").expect(422);
    assert_eq!(
        detail(&search, "/sort"),
        "must be one of relevance, price, -price, rating, distance"
    );
}

/// In a merge patch, `null` in the place of the whole document would delete the resource.
#[test]
fn a_patch_is_an_object() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let property = host.post("/v1/properties", &json!({})).expect(201);
    let list = host
        .post("/v1/wishlists", &json!({"name": "Lakes"}))
        .expect(201);
    let me = host.get("/v1/users/me").expect(200);
    for path in [
        "/v1/users/me".to_owned(),
        format!("/v1/users/{}", me.at("/id")),
        format!("/v1/properties/{}", property.at("/id")),
        format!("/v1/wishlists/{}", list.at("/id")),
    ] {
        for body in [json!(null), json!([]), json!("x"), json!(5), json!(true)] {
            let refused = host.patch(&path, &body).expect(422);
            let root = wanted(&[("", "wrong_type")]);
            assert_eq!(violations(&refused), root, "{path} {body}");
        }
    }
}
