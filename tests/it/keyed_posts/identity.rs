//! The identity of a keyed request: fingerprints reveal nothing, and keys without a token belong to a network.

use serde_json::{Value, json};
use sojourn_tests::{PASSWORD, Server, ServerOptions, TestDatabase};

use crate::security::support::raw_tables::{query_text, sha256};

fn registration(name: &str) -> Value {
    let email = format!("{name}@test.example");
    json!({"email": email, "password": PASSWORD, "first_name": name, "last_name": "Test"})
}

#[test]
fn the_fingerprint_of_a_body_needs_the_secret_of_the_server() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let body = registration("anna");
    let anonymous = server.client();
    let first = anonymous.post_once("/v1/users/", "k", &body).unwrap();
    first.expect(201);
    let stored = query_text(
        &database,
        "SELECT fingerprint AS line FROM idempotency_keys",
    );
    let guesses = ["/v1/users/", "/v1/users"].map(|path| sha256(&format!("POST\n{path}\n{body}")));
    assert_eq!(stored.len(), 1);
    assert!(
        !guesses.contains(&stored[0]) && stored[0] != sha256(&body.to_string()),
        "{stored:?}"
    );
}

#[test]
fn keys_without_a_token_belong_to_a_network() {
    let database = TestDatabase::sqlite();
    let variables = [("SOJOURN_TRUSTED_PROXIES", "127.0.0.1")];
    let options = ServerOptions {
        variables: &variables,
        ..ServerOptions::default()
    };
    let server = Server::with(&database, options);
    let from = |address: &str| server.client().with_header("x-forwarded-for", address);
    let register = |address: &str, name: &str| {
        let body = registration(name);
        from(address).post_once("/v1/users/", "k", &body).unwrap()
    };
    let anna = register("192.0.2.1", "anna").expect(201);
    let again = register("192.0.2.1", "anna").expect(201);
    assert_eq!(again.header("idempotency-replayed"), None);
    assert_eq!(again.text, anna.text);
    register("192.0.2.1", "ben").expect_problem(422, "idempotency_key_reused");
    // From elsewhere the same key is another one.
    let ben = register("192.0.2.2", "ben").expect(201);
    assert_eq!(ben.header("idempotency-replayed"), None);
    assert_eq!(ben.at("/first_name"), "ben");
}

#[test]
fn answers_to_bodies_with_passwords_are_not_kept() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let body = registration("anna");
    let register = || server.client().post_once("/v1/users/", "k", &body).unwrap();
    let first = register().expect(201);
    let kept = "SELECT CAST(body AS TEXT) AS line FROM idempotency_keys WHERE body IS NOT NULL";
    assert!(query_text(&database, kept).is_empty());
    // The outcome answers the repetition, and nothing is done twice.
    let again = register().expect(201);
    assert_eq!(again.at("/id"), first.at("/id"));
    let accounts = "SELECT CAST(COUNT(*) AS TEXT) AS line FROM users";
    assert_eq!(query_text(&database, accounts), ["1"]);
}

#[test]
fn refusals_without_a_token_are_not_kept() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let mut body = registration("anna");
    body["password"] = json!("short");
    for _ in 0..2 {
        let refused = server.client().post_once("/v1/users/", "k", &body).unwrap();
        assert_eq!(refused.header("idempotency-replayed"), None);
        refused.expect(422);
    }
    // Nothing was done under the key, so a corrected request may use it.
    let corrected = registration("anna");
    let answer = server.client().post_once("/v1/users/", "k", &corrected);
    answer.unwrap().expect(201);
    let guest = server.sign_up("guest");
    let refuse = || guest.post_once("/v1/bookings/", "k", &json!({})).unwrap();
    refuse().expect(422);
    assert_eq!(refuse().header("idempotency-replayed"), Some("true"));
}

#[test]
fn a_rotated_secret_still_knows_the_requests_before() {
    let database = TestDatabase::sqlite();
    let secrets = [
        "first secret of at least 32 bytes....",
        "second secret of at least 32 bytes...",
    ];
    let server_with = |secret: &str| {
        let variables = [("SOJOURN_SECRET", secret)];
        let options = ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        };
        Server::with(&database, options)
    };
    let register = |server: &Server| {
        let body = registration("anna");
        server.client().post_once("/v1/users/", "k", &body).unwrap()
    };
    let server = server_with(secrets[0]);
    let first = register(&server).expect(201);
    server.stop();
    let server = server_with(&format!("{},{}", secrets[1], secrets[0]));
    let again = register(&server).expect(201);
    assert_eq!(again.text, first.text);
}
