//! Conventions of all routes, tested over a socket.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test may panic, and tells a scenario in one piece"
)]

mod accounts;
mod admin;
mod middleware;
mod operations;
mod support;

use support::{JSON, PROBLEM, assert_contains, send, start};
use uuid::Uuid;

const ANA: &str = r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"Ana","last_name":"Ruiz"}"#;

#[test]
fn every_error_is_a_problem() {
    let at = start();
    let missing = send(at, "GET /nowhere HTTP/1.1\r\nX-Request-Id: abc-1", "");
    assert_contains(
        &missing,
        &[
            "404 ",
            PROBLEM,
            "x-request-id: abc-1",
            r#""request_id":"abc-1""#,
            r#""instance":"/nowhere""#,
        ],
    );
    assert_contains(
        &missing,
        &[
            "nosniff",
            "content-security-policy",
            "referrer-policy",
            "strict-transport-security",
        ],
    );
    assert!(!missing.to_lowercase().contains("\r\nserver:"));
    assert_contains(
        &send(at, "GET /v1/nowhere HTTP/1.1", ""),
        &["404 ", PROBLEM],
    );
    assert_contains(
        &send(at, "DELETE /v1/users/ HTTP/1.1", ""),
        &["405 ", PROBLEM, "allow: POST, GET, HEAD"],
    );
    assert_contains(
        &send(at, &format!("POST /v1/users HTTP/1.1\r\n{JSON}"), "{"),
        &["400 ", PROBLEM, "malformed_json"],
    );
    assert_contains(
        &send(
            at,
            "POST /v1/users HTTP/1.1\r\nContent-Type: text/plain",
            "{}",
        ),
        &["415 ", PROBLEM],
    );
    let fields = send(
        at,
        &format!("POST /v1/users/ HTTP/1.1\r\n{JSON}"),
        r#"{"first_name":1,"x":2}"#,
    );
    assert_contains(
        &fields,
        &[
            "422 ",
            PROBLEM,
            "/email",
            "/password",
            "/first_name",
            "/last_name",
            r#""/x""#,
        ],
    );
    assert_contains(
        &send(at, "GET /v1/users HTTP/1.1", ""),
        &["401 ", PROBLEM, "www-authenticate: Bearer"],
    );
    let away = send(at, "GET /readyz HTTP/1.1", "");
    assert_contains(&away, &["503 ", PROBLEM, "retry-after"]);
    assert!(!away.contains("secret path"));
    assert_contains(
        &send(
            at,
            "GET /v1/users?limit=x HTTP/1.1\r\nAuthorization: Basic eA==",
            "",
        ),
        &["401 ", "no-store"],
    );
    let large = "x".repeat(1024 * 1024 + 1);
    assert_contains(
        &send(
            at,
            &format!("POST /v1/auth/login HTTP/1.1\r\n{JSON}"),
            &large,
        ),
        &["413 ", PROBLEM],
    );
}

#[test]
fn a_panic_is_a_problem_and_the_server_continues() {
    let at = start();
    let id = Uuid::from_u128(1);
    // The mock of the repository expects no call and panics.
    let answer = send(at, &format!("GET /v1/properties/{id} HTTP/1.1"), "");
    assert_contains(
        &answer,
        &["500 ", PROBLEM, "internal_error", "nosniff", "x-request-id"],
    );
    assert_contains(
        &send(at, "GET /livez/ HTTP/1.1", ""),
        &["200 OK", r#"{"status":"ok"}"#],
    );
    assert_contains(&send(at, "HEAD /livez HTTP/1.1", ""), &["200 OK"]);
}

#[test]
fn a_repeated_post_is_executed_once() {
    let at = start();
    let head = format!(
        "POST /v1/properties HTTP/1.1\r\nAuthorization: Bearer host\r\n{JSON}\r\nIdempotency-Key: one"
    );
    let body = r#"{"title": "Cabin"}"#;
    let first = send(at, &head, body);
    assert_contains(&first, &["201 ", "location: /v1/properties/", "etag: \"1-"]);
    let second = send(at, &head, body);
    assert_contains(
        &second,
        &[
            "201 ",
            "idempotency-replayed: true",
            "location: /v1/properties/",
            "content-type: application/json",
        ],
    );
    assert_eq!(
        first.split("\r\n\r\n").nth(1),
        second.split("\r\n\r\n").nth(1)
    );
    assert_contains(
        &send(at, &head, r#"{"title": "Loft"}"#),
        &["422 ", PROBLEM, "idempotency_key_reused"],
    );
}

#[test]
fn the_answer_to_a_password_is_not_kept() {
    let at = start();
    let head = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    for _ in 0..2 {
        let answer = send(at, &head, ANA);
        assert_contains(&answer, &["201 ", "location: /v1/users/"]);
        assert!(!answer.contains("idempotency-replayed: true"), "{answer}");
    }
}

#[test]
fn serves_its_openapi_document() {
    let at = start();
    assert_contains(
        &send(at, "GET /openapi.json HTTP/1.1", ""),
        &["200 OK", r#""openapi": "3.1.0""#, "/v1/users/{user_id}"],
    );
    assert_contains(
        &send(at, "GET /docs/ HTTP/1.1", ""),
        &["307 ", "location: /docs/index.html"],
    );
    assert_contains(
        &send(at, "GET /docs/index.html HTTP/1.1", ""),
        &["200 OK", "swagger"],
    );
    assert_contains(
        &send(at, "GET /docs/nothing HTTP/1.1", ""),
        &["404 ", PROBLEM],
    );
    let zipped = send(
        at,
        "GET /openapi.json HTTP/1.1\r\nAccept-Encoding: gzip",
        "",
    );
    assert_contains(&zipped, &["content-encoding: gzip", "vary: "]);
    let short = send(at, "GET /livez HTTP/1.1\r\nAccept-Encoding: gzip", "");
    assert!(!short.to_lowercase().contains("content-encoding"));
    let cors = send(at, "GET /livez HTTP/1.1\r\nOrigin: https://app.example", "");
    assert_contains(&cors, &["access-control-allow-origin: https://app.example"]);
}
