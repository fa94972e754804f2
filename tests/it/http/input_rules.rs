//! Rules for every text, key, amount and query parameter of a request.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, PASSWORD, Server, TestDatabase, databases};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

fn details() -> Value {
    json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "house_rules": "Quiet", "amenities": ["wifi", "kitchen"],
        "address": {"line1": "1 Lake Road", "line2": "Flat 2", "city": "Albany", "region": "NY",
                    "postal_code": "12207", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}, "weekend": {"amount": 12000, "currency": "USD"},
                    "taxes": [{"kind": "percent", "name": "City tax", "bps": 500}]},
    })
}

/// The body with another value at a pointer.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

fn pointers(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect()
}

fn codes(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| error["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_text_of_a_property_has_a_visible_character_and_no_nul() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let texts = [
        "/title",
        "/description",
        "/house_rules",
        "/amenities/1",
        "/address/line1",
        "/address/line2",
        "/address/city",
        "/address/region",
        "/address/postal_code",
        "/pricing/taxes/0/name",
    ];
    for pointer in texts {
        for unseen in [
            "\u{200b}",
            "\u{feff}\u{2060} ",
            "\u{3164}",
            "\u{2800}",
            "\t\n",
        ] {
            let body = with(details(), pointer, unseen.into());
            let refused = host.post("/v1/properties/", &body).expect(422);
            assert_eq!(pointers(&refused), [pointer], "{}", refused.text);
            assert_eq!(codes(&refused), ["required"], "{}", refused.text);
        }
        let body = with(details(), pointer, "a\0b".into());
        let refused = host.post("/v1/properties/", &body).expect(422);
        assert_eq!(pointers(&refused), [pointer], "{}", refused.text);
    }
    let body = with(details(), "/title", "👩\u{200d}🚀 Cabin".into());
    host.post("/v1/properties/", &body).expect(201);
}

#[test]
fn names_carry_no_lines_links_or_formats() {
    let server = Server::start(&TestDatabase::sqlite());
    let member = server.sign_up("anna");
    let names = [
        "You won! claim:\nhttps://evil.example/reset?token=abc\n",
        "evil.example/win",
        "anna@evil.example",
        "Anna\u{202e}",
        "\u{200b}",
        "An\tna",
        "Anna\u{2028}claim",
        "Anna\0",
    ];
    let long = "x".repeat(61);
    for name in names.into_iter().chain([long.as_str()]) {
        for field in ["first_name", "last_name"] {
            let mut body = json!({"email": "stranger@test.example", "password": PASSWORD,
                                  "first_name": "Ana", "last_name": "Ruiz"});
            body[field] = name.into();
            let refused = server.client().post("/v1/users/", &body).expect(422);
            assert_eq!(pointers(&refused), [format!("/{field}")], "{name:?}");
            let refused = member
                .patch("/v1/users/me", &json!({ field: name }))
                .expect(422);
            assert_eq!(pointers(&refused), [format!("/{field}")], "{name:?}");
        }
    }
    assert!(server.mails_to("stranger@test.example").is_empty());
    member
        .patch(
            "/v1/users/me",
            &json!({"first_name": "Ana-Łucía O'Neil Jr."}),
        )
        .expect(200);
}

/// The GET operations of the API document without other variables than a property, with their query parameters.
fn reads(client: &Client, property: &str) -> Vec<(String, Vec<String>)> {
    let document = client.get("/openapi.json").expect(200).json();
    let paths = document["paths"].as_object().unwrap();
    let reads = paths.iter().filter_map(|(path, item)| {
        let parameters = item["get"]["parameters"].as_array()?;
        let in_query = parameters.iter().filter(|it| it["in"] == "query");
        let names = in_query.map(|it| it["name"].as_str().unwrap().to_owned());
        let path = path.replace("{property_id}", property);
        let plain = path.starts_with("/v1/") && !path.contains('{');
        plain.then(|| (path, names.collect()))
    });
    reads.collect()
}

#[test]
fn nul_and_unknown_parameters_are_refused_by_every_read() {
    for database in databases() {
        let server = Server::start(&database);
        let operator = server.operator();
        let property = operator
            .post("/v1/properties/", &details())
            .expect(201)
            .at("/id");
        let reads = reads(&operator, &property);
        assert!(reads.len() >= 12, "{reads:?}");
        for (path, names) in reads {
            let unknown = operator
                .get(&format!("{path}?checkin=2027-07-01&chec%6Bout=x&%00=1"))
                .expect(422);
            let named = pointers(&unknown);
            for pointer in ["/checkin", "/checkout", "/\0"] {
                assert!(
                    named.iter().any(|it| it == pointer),
                    "{path}: {}",
                    unknown.text
                );
            }
            for name in names {
                let refused = operator.get(&format!("{path}?{name}=%00")).expect(422);
                let named = pointers(&refused);
                assert!(
                    named.contains(&format!("/{name}")),
                    "{path}: {}",
                    refused.text
                );
            }
        }
        operator.get("/v1/properties/%00").expect(404);
    }
}

#[test]
fn unknown_parameters_come_after_the_permission() {
    let server = Server::start(&TestDatabase::sqlite());
    let member = server.sign_up("anna");
    let anonymous = server.client();
    for path in ["/v1/admin/users?x=1", "/v1/admin/audit-log?x=1"] {
        anonymous.get(path).expect_problem(401, "token_missing");
        member.get(path).expect(403);
    }
    anonymous
        .post("/v1/properties/?x=1", &details())
        .expect_problem(401, "token_missing");
    let refused = member.post("/v1/properties/?x=1", &details()).expect(422);
    assert_eq!(
        (pointers(&refused), codes(&refused)),
        (vec!["/x".to_owned()], vec!["unknown_parameter".to_owned()])
    );
    let own = member.get("/v1/users/me").expect(200).at("/id");
    let found = member
        .get(&format!("/v1/properties?host_id={own}"))
        .expect(200);
    assert_eq!(
        found.json()["data"],
        json!([]),
        "a refused request has no effect"
    );
}

#[test]
fn a_key_that_stands_twice_is_malformed_json() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let property = host
        .post("/v1/properties/", &details())
        .expect(201)
        .at("/id");
    let address = format!("/v1/properties/{property}");
    let quote = format!("{address}/quote");
    let calendar = format!("{address}/calendar");
    let bodies = [
        ("POST", "/v1/properties/", r#"{"title": "A", "title": "A"}"#),
        (
            "POST",
            "/v1/properties/",
            r#"{"address": {"city": "A", "line1": "B", "city": "C"}}"#,
        ),
        (
            "PATCH",
            address.as_str(),
            r#"{"pricing": {"nightly": {"amount": 1, "amount": 2}}}"#,
        ),
        ("PATCH", "/v1/users/me", r#"{"phone": null, "phone": null}"#),
        (
            "PUT",
            calendar.as_str(),
            r#"{"from": "2027-01-01", "to": "2027-01-02", "from": "2027-01-01"}"#,
        ),
        (
            "POST",
            quote.as_str(),
            r#"{"check_in": "2027-07-01", "check_out": "2027-07-05", "check_in": "2027-07-02"}"#,
        ),
        (
            "POST",
            "/v1/bookings/",
            r#"{"guests": {"adults": 1, "adults": 2}}"#,
        ),
        (
            "POST",
            "/v1/auth/login",
            r#"{"email": "a", "password": "b", "password": "c"}"#,
        ),
    ];
    for (method, path, body) in bodies {
        host.send(method, path, &JSON, Some(body.to_owned()))
            .expect_problem(400, "malformed_json");
    }
}

#[test]
fn amounts_of_zero_and_below_are_refused_wherever_a_price_is_taken() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    for amount in [0, -1, i64::MIN, i64::MAX] {
        for name in ["nightly", "weekend"] {
            let price = json!({"amount": amount, "currency": "USD"});
            let body = with(details(), &format!("/pricing/{name}"), price);
            let refused = host.post("/v1/properties/", &body).expect(422);
            assert_eq!(pointers(&refused), [format!("/pricing/{name}")], "{amount}");
        }
    }
    let property = host
        .post("/v1/properties/", &details())
        .expect(201)
        .at("/id");
    let address = format!("/v1/properties/{property}");
    for amount in [0, -1] {
        let price = json!({"amount": amount, "currency": "USD"});
        host.patch(&address, &json!({"pricing": {"nightly": price}}))
            .expect(422);
        let body = json!({"from": "2027-01-01", "to": "2027-01-03", "price": price});
        let refused = host.put(&format!("{address}/calendar"), &body).expect(422);
        assert_eq!(pointers(&refused), ["/price/amount"]);
    }
    for fee in ["cleaning_fee", "pet_fee"] {
        let pricing = |amount| json!({"pricing": {fee: {"amount": amount, "currency": "USD"}}});
        let refused = host.patch(&address, &pricing(-1)).expect(422);
        assert_eq!(pointers(&refused), [format!("/pricing/{fee}")]);
        host.patch(&address, &pricing(0)).expect(200);
    }
}

#[test]
fn funds_and_metals_are_no_currencies() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    for code in [
        "XXX", "XTS", "XDR", "XAU", "CHE", "CHW", "CLF", "USN", "BOV", "MXV",
    ] {
        let body = with(details(), "/pricing/nightly/currency", code.into());
        let refused = host.post("/v1/properties/", &body).expect(422);
        assert!(
            pointers(&refused).contains(&"/pricing/nightly/currency".to_owned()),
            "{code}"
        );
        host.patch("/v1/users/me", &json!({"currency": code}))
            .expect(422);
        host.get(&format!("/v1/properties?currency={code}"))
            .expect(422);
    }
}

#[test]
fn a_date_cannot_contradict_its_own_or_inherited_limits() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let mut body = details();
    body["stay_rules"] = json!({"min_nights": 3, "max_nights": 14,
                                "weekdays": [{"weekday": "friday", "min_nights": 5}]});
    let property = host.post("/v1/properties/", &body).expect(201).at("/id");
    let calendar = format!("/v1/properties/{property}/calendar");
    let set = |from: &str, to: &str, limits: Value| {
        let mut body = json!({"from": from, "to": to});
        for (name, value) in limits.as_object().unwrap() {
            body[name] = value.clone();
        }
        host.put(&calendar, &body)
    };
    // 2027-01-04 is a Monday, 2027-01-08 a Friday.
    let refused = [
        (
            "2027-01-04",
            "2027-01-05",
            json!({"max_nights": 2}),
            "/max_nights",
        ),
        (
            "2027-01-04",
            "2027-01-05",
            json!({"min_nights": 15}),
            "/min_nights",
        ),
        (
            "2027-01-04",
            "2027-01-05",
            json!({"min_nights": 5, "max_nights": 4}),
            "/max_nights",
        ),
        (
            "2027-01-04",
            "2027-01-09",
            json!({"max_nights": 4}),
            "/max_nights",
        ),
    ];
    for (from, to, limits, pointer) in refused {
        let answer = set(from, to, limits).expect(422);
        assert_eq!(
            (pointers(&answer), codes(&answer)),
            (vec![pointer.to_owned()], vec!["contradiction".to_owned()])
        );
    }
    set("2027-01-04", "2027-01-08", json!({"max_nights": 4})).expect(200);
    let answer = set("2027-01-04", "2027-01-08", json!({"min_nights": 5})).expect(422);
    assert_eq!(pointers(&answer), ["/max_nights"]);
    set(
        "2027-01-04",
        "2027-01-08",
        json!({"closed_to_arrival": true}),
    )
    .expect(200);
}
