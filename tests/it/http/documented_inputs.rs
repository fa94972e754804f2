//! Requests mean what the document says: patches change what they state, and `null` clears in a patch alone.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, TestDatabase};

fn violations(answer: &Answer) -> Vec<(String, String)> {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    errors
        .map(|error| (text(error, "pointer"), text(error, "code")))
        .collect()
}

fn property(host: &Client) -> String {
    let body = json!({
        "title": "Cabin", "time_zone": "UTC", "max_guests": 4, "amenities": ["wifi"],
        "pricing": {"nightly": {"amount": 10_000, "currency": "USD"}, "cleaning_fee": {"amount": 500, "currency": "USD"},
                    "taxes": [{"name": "City tax", "kind": "percent", "bps": 500}]},
        "stay_rules": {"min_nights": 3, "max_nights": 20, "advance_notice_hours": 48, "booking_window_days": 90,
                       "preparation_nights": 1, "check_in_from": "16:30", "check_out_until": "09:15",
                       "weekdays": [{"weekday": "friday", "min_nights": 4}]},
    });
    let id = host.post("/v1/properties", &body).expect(201).at("/id");
    format!("/v1/properties/{id}")
}

#[test]
fn a_patch_of_one_stay_rule_leaves_all_others() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let path = property(&host);
    let before = host.get(&path).expect(200).json();
    let rules = before["stay_rules"].as_object().unwrap();
    assert_eq!(rules.len(), 8);
    let changes = json!({
        "min_nights": 2, "max_nights": 19, "advance_notice_hours": 24, "booking_window_days": 60,
        "preparation_nights": 0, "check_in_from": "17:00", "check_out_until": "10:00", "weekdays": [],
    });
    for (name, value) in changes.as_object().unwrap() {
        let old = &before["stay_rules"][name];
        assert_ne!(old, value, "{name}");
        let mut wanted = before["stay_rules"].clone();
        wanted[name] = value.clone();
        let changed = host
            .patch(&path, &json!({"stay_rules": {name: value}}))
            .expect(200);
        assert_eq!(changed.json()["stay_rules"], wanted, "{name}");
        assert_eq!(changed.json()["pricing"], before["pricing"]);
        host.patch(&path, &json!({"stay_rules": {name: old}}))
            .expect(200);
    }
    assert_eq!(
        host.get(&path).expect(200).json()["stay_rules"],
        before["stay_rules"]
    );
}

#[test]
fn money_in_a_patch_is_whole() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let path = property(&host);
    for (field, missing) in [("amount", "currency"), ("currency", "amount")] {
        let whole = json!({"amount": 12_000, "currency": "USD"});
        for price in ["nightly", "cleaning_fee", "weekend"] {
            let patch = json!({"pricing": {price: {field: whole[field]}}});
            let refused = host.patch(&path, &patch).expect(422);
            let wanted = (format!("/pricing/{price}/{missing}"), "required".to_owned());
            assert_eq!(violations(&refused), [wanted]);
        }
    }
    let patch = json!({"pricing": {"nightly": {"amount": 11_000, "currency": "USD"}, "cleaning_fee": null}});
    let changed = host.patch(&path, &patch).expect(200).json();
    assert_eq!(changed["pricing"]["nightly"]["amount"], 11_000);
    assert_eq!(changed["pricing"]["cleaning_fee"], Value::Null);
    assert_eq!(changed["pricing"]["taxes"][0]["bps"], 500);
}

#[test]
fn null_is_refused_where_it_means_nothing() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let path = property(&host);
    let missing = "/v1/bookings/01980f4e-7a31-7c52-9b44-0d5c7f1a2b3c";
    let posts = [
        (
            "/v1/properties",
            json!({"title": null, "address": {"city": null}}),
            vec!["/address/city", "/title"],
        ),
        (
            "/v1/users",
            json!({"email": "a@test.example", "password": "four quiet lanterns", "first_name": "A",
                             "last_name": "B", "phone": null}),
            vec!["/phone"],
        ),
        (
            "/v1/auth/login",
            json!({"email": "a@test.example", "password": "x", "totp": null}),
            vec!["/totp"],
        ),
        (
            &format!("{path}/quote"),
            json!({"check_in": "2027-07-01", "check_out": "2027-07-05", "guests": {"adults": 1, "pets": null},
                                          "rate": null}),
            vec!["/guests/pets", "/rate"],
        ),
    ];
    for (path, body, pointers) in posts {
        let refused = host.post(path, &body).expect(422);
        let found = violations(&refused);
        let wanted: Vec<_> = pointers
            .iter()
            .map(|it| ((*it).to_owned(), "wrong_type".to_owned()))
            .collect();
        assert_eq!(found, wanted, "{path}");
    }
    host.post(&format!("{missing}/cancel"), &json!({"reason": null}))
        .expect(404);
    let calendar = format!("{path}/calendar");
    let range = |field: &str| json!({"from": "2027-01-01", "to": "2027-01-03", field: null});
    let refused = host.put(&calendar, &range("blocked")).expect(422);
    assert_eq!(
        violations(&refused),
        [("/blocked".to_owned(), "required".to_owned())]
    );
    host.put(&calendar, &range("min_nights")).expect(200);
}

#[test]
fn amounts_beyond_exact_integers_are_refused() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let path = property(&host);
    for amount in [i64::MAX, 1 << 53, -(1 << 53), i64::MIN] {
        let patch = json!({"pricing": {"cleaning_fee": {"amount": amount, "currency": "USD"}}});
        let refused = host.patch(&path, &patch).expect(422);
        assert!(violations(&refused).contains(&(
            "/pricing/cleaning_fee".to_owned(),
            "out_of_range".to_owned()
        )));
        let search = server
            .client()
            .get(&format!("/v1/properties?currency=USD&price_max={amount}"))
            .expect(422);
        assert_eq!(
            violations(&search),
            [("/price_max".to_owned(), "out_of_range".to_owned())]
        );
    }
}

#[test]
fn an_account_says_which_view_it_is() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, boris) = (server.sign_up("anna"), server.sign_up("boris"));
    let own = anna.get("/v1/users/me").expect(200);
    assert_eq!(
        (own.at("/view"), own.json()["email"].is_string()),
        ("own".to_owned(), true)
    );
    let path = format!("/v1/users/{}", own.at("/id"));
    let own = own.json();
    for other in [boris.get(&path), server.client().get(&path)] {
        let seen = other.expect(200).json();
        assert_eq!(
            (seen["view"].as_str(), seen.get("email")),
            (Some("public"), None)
        );
        for (name, value) in seen.as_object().unwrap() {
            assert!(name == "view" || own[name] == *value, "{name}: {own}");
        }
    }
    // By its id, the own account is whole too, and what the document says of both operations.
    let operator = server.operator();
    for whole in [anna.get(&path), operator.get(&path)] {
        assert_eq!(whole.expect(200).json(), own);
    }
    let document = server.client().get("/openapi.json").expect(200).json();
    for (path, name) in [
        ("/v1/users/me", "OwnUser"),
        ("/v1/users/{user_id}", "PublicUser"),
    ] {
        let content = &document["paths"][path]["get"]["responses"]["200"]["content"];
        let reference = format!("#/components/schemas/{name}");
        assert_eq!(content["application/json"]["schema"]["$ref"], reference);
        let schema = &document["components"]["schemas"][name];
        assert_ne!(schema["additionalProperties"], json!(false));
        let fields = schema["properties"].as_object().unwrap();
        assert!(fields.len() >= 7);
        for required in schema["required"].as_array().unwrap() {
            let name = required.as_str().unwrap();
            assert!(
                own.get(name).is_some() && fields.contains_key(name),
                "{name}"
            );
        }
    }
    let kinds = &document["components"]["schemas"]["UserViewKind"]["enum"];
    assert_eq!(kinds, &json!(["public", "own"]));
    let graphql = "{ me { id profile { id firstName isHost rating reviewsCount } } }";
    let me = crate::graphql::data(&anna, graphql, &json!({}));
    assert_eq!(me["me"]["profile"]["id"], own["id"]);
    assert_eq!(me["me"]["profile"]["isHost"], own["is_host"]);
    let renamed = anna.patch("/v1/users/me", &json!({"first_name": "Anne"}));
    assert_eq!(renamed.expect(200).at("/first_name"), "Anne");
    anna.post("/v1/users/me", &json!({}))
        .expect_problem(405, "method_not_allowed");
    server
        .client()
        .get("/v1/users/me")
        .expect_problem(401, "token_missing");
    anna.delete("/v1/users/me").expect(204);
    boris.get(&path).expect_problem(404, "not_found");
}
