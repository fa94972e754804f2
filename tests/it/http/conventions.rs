//! Conventions of the whole API: problems, ETags, idempotency, pagination and headers.

use serde_json::json;
use sojourn_tests::{Client, Server, TestDatabase};

fn draft(host: &Client) -> String {
    host.post("/v1/properties/", &json!({"title": "Cabin"}))
        .expect(201)
        .at("/id")
}

#[test]
fn every_error_is_a_problem_document() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anonymous, anna) = (server.client(), server.sign_up("anna"));
    anonymous.get("/nowhere").expect_problem(404, "not_found");
    let wrong = anonymous
        .send("DELETE", "/v1/users/", &[], None)
        .expect_problem(405, "method_not_allowed");
    assert!(wrong.header("allow").unwrap().contains("POST"));
    let refused = anonymous
        .get("/v1/bookings/")
        .expect_problem(401, "token_missing");
    assert!(
        refused
            .header("www-authenticate")
            .unwrap()
            .starts_with("Bearer")
    );
    anonymous
        .with_token("x.y.z")
        .get("/v1/bookings/")
        .expect_problem(401, "token_invalid");
    anna.get("/v1/bookings/not-an-id")
        .expect_problem(404, "not_found");
    let json = [("content-type", "application/json")];
    anna.send("POST", "/v1/properties/", &json, Some("{".into()))
        .expect_problem(400, "malformed_json");
    anna.send(
        "POST",
        "/v1/properties/",
        &[("content-type", "text/plain")],
        Some("{}".into()),
    )
    .expect_problem(415, "unsupported_media_type");
    let large = format!("{{\"title\": \"{}\"}}", "x".repeat(1_100_000));
    anna.send("POST", "/v1/properties/", &json, Some(large))
        .expect_problem(413, "body_too_large");
    let unknown = anna
        .post("/v1/properties/", &json!({"host_id": "me"}))
        .expect(422);
    assert!(unknown.text.contains("host_id"), "{}", unknown.text);
}

#[test]
fn all_field_errors_are_reported_together() {
    let server = Server::start(&TestDatabase::sqlite());
    let body = json!({"email": "nobody", "password": "short", "first_name": "", "last_name": "X", "phone": "1"});
    let answer = server.client().post("/v1/users/", &body).expect(422);
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    let mut pointers: Vec<_> = errors
        .iter()
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect();
    pointers.sort();
    pointers.dedup();
    assert_eq!(pointers, ["/email", "/first_name", "/password", "/phone"]);
}

#[test]
fn registration_answers_are_alike_for_known_addresses() {
    let server = Server::start(&TestDatabase::sqlite());
    let body = json!({"email": "anna@test.example", "password": "four quiet lanterns", "first_name": "A", "last_name": "B"});
    let first = server.client().post("/v1/users/", &body).expect(201);
    let second = server.client().post("/v1/users/", &body).expect(201);
    let keys = |answer: &sojourn_tests::Answer| {
        answer
            .json()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&first), keys(&second));
    assert_ne!(first.at("/id"), second.at("/id"));
    let login = |email| {
        server.client().post(
            "/v1/auth/login",
            &json!({"email": email, "password": "four quiet lanterns"}),
        )
    };
    let (unverified, unknown) = (
        login("anna@test.example").expect(401),
        login("zoe@test.example").expect(401),
    );
    assert_eq!(unverified.at("/code"), unknown.at("/code"));
    assert_eq!(unverified.at("/detail"), unknown.at("/detail"));
}

#[test]
fn etags_avoid_transfers_and_lost_updates() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let path = format!("/v1/properties/{}/", draft(&host));
    let tag = host
        .get(&path)
        .expect(200)
        .header("etag")
        .unwrap()
        .to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    assert_eq!(
        host.send("GET", &path, &[("if-none-match", &tag)], None)
            .status,
        304
    );
    let json = ("content-type", "application/json");
    let patch = |tag: &str, title: &str| {
        host.send(
            "PATCH",
            &path,
            &[json, ("if-match", tag)],
            Some(json!({"title": title}).to_string()),
        )
    };
    patch(&tag, "One").expect(200);
    patch(&tag, "Two").expect(412);
    assert_eq!(host.get(&path).at("/title"), "One");
}

#[test]
fn idempotency_key_replays_the_first_answer() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let ask = |key: &str, title: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        host.send(
            "POST",
            "/v1/properties/",
            &headers,
            Some(json!({"title": title}).to_string()),
        )
    };
    let first = ask("k1", "Cabin").expect(201);
    let again = ask("k1", "Cabin").expect(201);
    assert_eq!(first.text, again.text);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    ask("k1", "Castle").expect_problem(422, "idempotency_key_reused");
    assert_ne!(ask("k2", "Cabin").expect(201).at("/id"), first.at("/id"));
}

#[test]
fn trailing_slashes_headers_and_health() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up("anna");
    let (with, without) = (
        anna.get("/v1/users/me/").expect(200),
        anna.get("/v1/users/me").expect(200),
    );
    assert_eq!(with.text, without.text);
    assert_eq!(with.header("x-content-type-options"), Some("nosniff"));
    assert!(with.header("server").is_none() && with.header("x-request-id").is_some());
    let answer = anna.send(
        "GET",
        "/v1/users/me",
        &[("x-request-id", "my-request-1")],
        None,
    );
    assert_eq!(answer.header("x-request-id"), Some("my-request-1"));
    server.client().get("/livez").expect(200);
    server.client().get("/readyz").expect(200);
    anna.get("/v1/bookings/?limit=0").expect(422);
    anna.get("/v1/bookings/?cursor=forged").expect(422);
}
