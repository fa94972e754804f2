//! Input that is wrong is told by code and path and changes nothing, and aliases do not pass a rate limit.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, PASSWORD, Server, ServerOptions, TestDatabase};

use super::send;
use crate::permissions::fingerprint::fingerprint;
use crate::permissions::fixture::{listed, stay_body};

const CREATE: &str =
    "mutation($input: PropertyInput!) { createProperty(input: $input) { property { id } } }";
const PAGE: &str = "query($first: Int!, $after: String) { properties(first: $first, after: $after) { pageInfo { endCursor } } }";
const REVIEWS: &str =
    "query($after: String) { ownReviews(first: 1, after: $after) { edges { cursor } } }";

/// Sends a document as the media type whose statuses tell refused documents apart.
fn strict(client: &Client, document: &str, variables: &Value) -> Answer {
    let body = json!({"query": document, "variables": variables}).to_string();
    let headers = [
        ("accept", "application/graphql-response+json"),
        ("content-type", "application/json"),
    ];
    client.send("POST", "/graphql", &headers, Some(body))
}

#[test]
fn bad_input_has_a_code_and_changes_nothing() {
    let database = TestDatabase::sqlite();
    let options = ServerOptions {
        no_worker: true,
        ..ServerOptions::default()
    };
    let host = {
        let server = Server::start(&database);
        let host = server.sign_up_member("hannah");
        for _ in 0..2 {
            listed(&host.client, "instant");
        }
        host
    };
    let server = Server::with(&database, options);
    let host = server.log_in_as(&host.email, &host.password).client;
    let cursor =
        strict(&host, PAGE, &json!({"first": 1})).at("/data/properties/pageInfo/endCursor");
    let before = fingerprint(&database.url);
    // A document that is not accepted is 400; a field that fails is 200, with its path.
    let cases = [
        (CREATE, json!({"input": {"title": 7}}), 400, "query_invalid"),
        (
            CREATE,
            json!({"input": {"maxGuests": "four"}}),
            400,
            "query_invalid",
        ),
        (
            CREATE,
            json!({"input": {"maxGuests": 4_294_967_296_u64}}),
            200,
            "validation_failed",
        ),
        (
            CREATE,
            json!({"input": {"nothing": true}}),
            400,
            "query_invalid",
        ),
        (
            CREATE,
            json!({"input": {"roomType": "CELLAR"}}),
            400,
            "query_invalid",
        ),
        (
            CREATE,
            json!({"input": {"roomType": "entire_place"}}),
            400,
            "query_invalid",
        ),
        (CREATE, json!({"input": null}), 400, "query_invalid"),
        (CREATE, json!({}), 400, "query_invalid"),
        (
            CREATE,
            json!({"input": {"amenities": vec!["a"; 201]}}),
            400,
            "validation_failed",
        ),
        (
            CREATE,
            json!({"input": {"amenities": vec!["a"; 151]}}),
            200,
            "validation_failed",
        ),
        (
            CREATE,
            json!({"input": {"maxGuests": 51}}),
            200,
            "validation_failed",
        ),
        (PAGE, json!({}), 400, "query_invalid"),
        (PAGE, json!({"first": "1"}), 400, "query_invalid"),
        (PAGE, json!({"first": 0}), 200, "validation_failed"),
        (PAGE, json!({"first": 101}), 200, "validation_failed"),
        (PAGE, json!({"first": -1}), 400, "query_invalid"),
        (PAGE, json!({"first": 2, "after": cursor}), 200, ""),
        (
            PAGE,
            json!({"first": 1, "after": "x"}),
            200,
            "cursor_invalid",
        ),
        (REVIEWS, json!({"after": cursor}), 200, "cursor_invalid"),
        (
            "mutation { logOut(input: {}) { done } }",
            json!({}),
            400,
            "query_invalid",
        ),
        (
            "{ property(id: \"1\") { id } }",
            json!({}),
            400,
            "query_invalid",
        ),
        (
            "subscription { me { id } }",
            json!({}),
            406,
            "not_acceptable",
        ),
    ];
    for (document, variables, status, code) in cases {
        let answer = strict(&host, document, &variables);
        let error = &answer.json()["errors"][0];
        assert_eq!(answer.status, status, "{variables}: {}", answer.text);
        if code.is_empty() {
            assert!(error.is_null(), "{}", answer.text);
            continue;
        }
        assert_eq!(
            error["extensions"]["code"], code,
            "{variables}: {}",
            answer.text
        );
        assert_eq!(error["path"].is_array(), status == 200, "{}", answer.text);
        assert!(
            error["extensions"]["requestId"].is_string(),
            "{}",
            answer.text
        );
    }
    for token in ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
        let answer = strict(&host.with_token(token), CREATE, &json!({"input": {}}));
        assert_eq!(
            (answer.status, answer.at("/errors/0/extensions/code")),
            (401, "token_invalid".into())
        );
    }
    let two = "mutation { a: createProperty(input: {}) { property { id } } b: createProperty(input: {}) { property { id } } }";
    let answer = host
        .post_once("/graphql", "k", &json!({"query": two}))
        .unwrap()
        .expect(422);
    assert_eq!(
        answer.at("/errors/0/extensions/code"),
        "idempotency_key_invalid"
    );
    let after = fingerprint(&database.url);
    let changed: Vec<_> = after
        .iter()
        .filter(|(table, rows)| before.get(*table) != Some(rows))
        .map(|it| it.0)
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
}

/// The mutation as often as the number of aliases permits.
fn thirty_times(field: &str) -> String {
    let all: String = (0..30).map(|n| format!("a{n}: {field} ")).collect();
    format!("mutation {{ {all} }}")
}

/// Number of fields by the code of their failure, `ok` for those without.
fn codes(answer: &Answer) -> (usize, BTreeSet<String>) {
    let body = answer.json();
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap().to_owned();
    let limited = errors
        .iter()
        .filter(|it| code(it) == "rate_limited")
        .count();
    (limited, errors.iter().map(code).collect())
}

#[test]
fn aliases_count_for_rate_limits_one_by_one() {
    let options = ServerOptions {
        variables: &[("SOJOURN_RATE_LIMITS", "on")],
        ..ServerOptions::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let (host, guest) = (server.sign_up("hannah"), server.sign_up("gus"));
    let wrong = "logIn(input: {email: \"zoe@test.example\", password: \"none of my passwords\"}) { accessToken }";
    let answer = send(&server.client(), &thirty_times(wrong), &json!({}));
    let (limited, all) = codes(&answer);
    assert_eq!(limited, 20, "of 30 logins, 10 are permitted: {all:?}");
    assert!(all.contains("bad_credentials"), "{all:?}");
    // A correct password is refused as well, until the limit allows it.
    let right = format!(
        "mutation {{ logIn(input: {{email: \"zoe@test.example\", password: \"{PASSWORD}\"}}) {{ accessToken }} }}"
    );
    assert_eq!(codes(&send(&server.client(), &right, &json!({}))).0, 1);
    // A hold of the same nights fails for another reason after the first, and the limit counts those that hold.
    let property = listed(&host, "instant");
    let stays = (0..30).map(|n| {
        let stay = stay_body(&property, 40 + 2 * n, 41 + 2 * n);
        format!("a{n}: createBooking(input: {{propertyId: \"{property}\", checkIn: {}, checkOut: {}, guests: {{adults: 1}}}}) {{ booking {{ id }} }} ", stay["check_in"], stay["check_out"])
    });
    let document = format!("mutation {{ {} }}", stays.collect::<String>());
    let answer = send(&guest, &document, &json!({}));
    let (_, all) = codes(&answer);
    let held = answer.json()["errors"]
        .as_array()
        .map_or(30, |it| 30 - it.len());
    assert!(held < 30 && !all.is_empty(), "{held} holds: {all:?}");
    let bookings = guest.get("/v1/bookings?limit=100").expect(200).json();
    assert_eq!(bookings["data"].as_array().unwrap().len(), held, "{all:?}");
}
