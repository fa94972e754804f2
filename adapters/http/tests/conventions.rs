//! Conventions of all routes, tested over a socket.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod accounts;
mod operations;
mod operators;
mod ring;
mod support;

use support::{JSON, PROBLEM, ask, has, start};
use uuid::Uuid;

const ANA: &str = r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"Ana","last_name":"Ruiz"}"#;

#[test]
fn every_refusal_is_a_problem() {
    let at = start();
    let missing = ask(at, "GET /nowhere HTTP/1.1\r\nX-Request-Id: abc-1", "");
    has(
        &missing,
        &[
            "404 ",
            PROBLEM,
            "x-request-id: abc-1",
            r#""request_id":"abc-1""#,
            r#""instance":"/nowhere""#,
        ],
    );
    has(
        &missing,
        &[
            "nosniff",
            "content-security-policy",
            "referrer-policy",
            "strict-transport-security",
        ],
    );
    assert!(!missing.to_lowercase().contains("\r\nserver:"));
    has(&ask(at, "GET /v1/nowhere HTTP/1.1", ""), &["404 ", PROBLEM]);
    has(
        &ask(at, "DELETE /v1/users/ HTTP/1.1", ""),
        &["405 ", PROBLEM, "allow: POST, GET, HEAD"],
    );
    has(
        &ask(at, &format!("POST /v1/users HTTP/1.1\r\n{JSON}"), "{"),
        &["400 ", PROBLEM, "malformed_json"],
    );
    has(
        &ask(
            at,
            "POST /v1/users HTTP/1.1\r\nContent-Type: text/plain",
            "{}",
        ),
        &["415 ", PROBLEM],
    );
    let fields = ask(
        at,
        &format!("POST /v1/users/ HTTP/1.1\r\n{JSON}"),
        r#"{"first_name":1,"x":2}"#,
    );
    has(
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
    has(
        &ask(at, "GET /v1/users HTTP/1.1", ""),
        &["401 ", PROBLEM, "www-authenticate: Bearer"],
    );
    let away = ask(at, "GET /readyz HTTP/1.1", "");
    has(&away, &["503 ", PROBLEM, "retry-after"]);
    assert!(!away.contains("secret path"));
    has(
        &ask(
            at,
            "GET /v1/users?limit=x HTTP/1.1\r\nAuthorization: Basic eA==",
            "",
        ),
        &["401 ", "no-store"],
    );
    let large = "x".repeat(1024 * 1024 + 1);
    has(
        &ask(
            at,
            &format!("POST /v1/auth/login HTTP/1.1\r\n{JSON}"),
            &large,
        ),
        &["413 ", PROBLEM],
    );
}

#[test]
fn a_panic_is_a_problem_and_the_server_goes_on() {
    let at = start();
    let id = Uuid::from_u128(1);
    // The mock of the repository expects no call and panics.
    let answer = ask(at, &format!("GET /v1/properties/{id} HTTP/1.1"), "");
    has(
        &answer,
        &["500 ", PROBLEM, "internal_error", "nosniff", "x-request-id"],
    );
    has(
        &ask(at, "GET /livez/ HTTP/1.1", ""),
        &["200 OK", r#"{"status":"ok"}"#],
    );
    has(&ask(at, "HEAD /livez HTTP/1.1", ""), &["200 OK"]);
}

#[test]
fn a_post_asked_twice_is_done_once() {
    let at = start();
    let head = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    let first = ask(at, &head, ANA);
    has(&first, &["201 ", "location: /v1/users/", "etag: \"1-"]);
    let second = ask(at, &head, ANA);
    has(
        &second,
        &[
            "201 ",
            "idempotency-replayed: true",
            "location: /v1/users/",
            "content-type: application/json",
        ],
    );
    assert_eq!(
        first.split("\r\n\r\n").nth(1),
        second.split("\r\n\r\n").nth(1)
    );
    has(
        &ask(at, &head, &ANA.replace("Ana", "Eva")),
        &["422 ", PROBLEM, "idempotency_key_reused"],
    );
}

#[test]
fn describes_itself() {
    let at = start();
    has(
        &ask(at, "GET /openapi.json HTTP/1.1", ""),
        &["200 OK", r#""openapi": "3.1.0""#, "/v1/users/{user_id}"],
    );
    has(
        &ask(at, "GET /docs/ HTTP/1.1", ""),
        &["307 ", "location: /docs/index.html"],
    );
    has(
        &ask(at, "GET /docs/index.html HTTP/1.1", ""),
        &["200 OK", "swagger"],
    );
    has(
        &ask(at, "GET /docs/nothing HTTP/1.1", ""),
        &["404 ", PROBLEM],
    );
    let zipped = ask(
        at,
        "GET /openapi.json HTTP/1.1\r\nAccept-Encoding: gzip",
        "",
    );
    has(&zipped, &["content-encoding: gzip", "vary: "]);
    let short = ask(at, "GET /livez HTTP/1.1\r\nAccept-Encoding: gzip", "");
    assert!(!short.to_lowercase().contains("content-encoding"));
    let cors = ask(at, "GET /livez HTTP/1.1\r\nOrigin: https://app.example", "");
    has(&cors, &["access-control-allow-origin: https://app.example"]);
}
