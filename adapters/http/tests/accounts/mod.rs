//! Authentication, sessions, second factor, export and erasure of accounts.

use std::net::SocketAddr;
use std::sync::Arc;

use sojourn_application::ports::Obligations;

use crate::support::{
    ExhaustedLimits, JSON, PASSWORD, PROBLEM, assert_contains, json, queries_with_obligations,
    send, send_as, start, start_with,
};

const GUEST: &str = "/v1/users/00000000-0000-0000-0000-000000000002";
const UNKNOWN_USER: &str = "/v1/users/00000000-0000-0000-0000-00000000ffff";
const CODE: &str = r#"{"code": "123456"}"#;

fn post(at: SocketAddr, path: &str, body: &str) -> String {
    send(at, &format!("POST {path} HTTP/1.1\r\n{JSON}"), body)
}

fn login(name: &str, password: &str, more: &str) -> String {
    format!(r#"{{"email": "{name}@mail.example", "password": "{password}"{more}}}"#)
}

#[test]
fn a_password_is_answered_with_tokens() {
    let at = start();
    let tokens = post(at, "/v1/auth/login", &login("guest", PASSWORD, ""));
    assert_contains(&tokens, &["200 OK", "cache-control: no-store"]);
    assert_eq!(json(&tokens)["access_token"], "access");
    let wrong = post(
        at,
        "/v1/auth/login",
        &login("guest", "another long one", ""),
    );
    assert_contains(
        &wrong,
        &[
            "401 ",
            PROBLEM,
            "bad_credentials",
            "www-authenticate: Bearer",
        ],
    );
    let unknown = post(at, "/v1/auth/login", &login("nobody", PASSWORD, ""));
    let reported = |answer: &str| (json(answer)["code"].clone(), json(answer)["detail"].clone());
    assert_eq!(reported(&wrong), reported(&unknown));
    let odd = post(
        at,
        "/v1/auth/login",
        r#"{"email": 1, "password": "x", "totp": 2, "admin": true}"#,
    );
    assert_contains(
        &odd,
        &["422 ", PROBLEM, r#""/email""#, r#""/totp""#, r#""/admin""#],
    );
}

#[test]
fn a_second_factor_is_asked_for_after_the_password() {
    let at = start();
    let challenged = ["401 ", PROBLEM, "www-authenticate: Bearer"];
    let without = post(at, "/v1/auth/login", &login("host", PASSWORD, ""));
    assert_contains(&without, &[&challenged[..], &["totp_required"]].concat());
    let wrong = post(
        at,
        "/v1/auth/login",
        &login("host", PASSWORD, r#", "totp": "654321""#),
    );
    assert_contains(&wrong, &[&challenged[..], &["totp_invalid"]].concat());
    let blind = post(
        at,
        "/v1/auth/login",
        &login("host", "another long one", r#", "totp": "123456""#),
    );
    assert_contains(&blind, &["401 ", "bad_credentials"]);
    assert_contains(
        &post(
            at,
            "/v1/auth/login",
            &login("host", PASSWORD, r#", "totp": "123456""#),
        ),
        &["200 OK"],
    );
}

#[test]
fn a_second_factor_is_set_up_and_turned_off() {
    let at = start();
    let secret = send_as(at, "guest", "POST /v1/auth/totp", "");
    assert_contains(&secret, &["200 OK", "cache-control: no-store"]);
    assert_eq!(json(&secret)["secret"], "BASE32");
    assert_eq!(json(&secret)["otpauth_url"], "otpauth://totp/Sojourn");
    let early = send_as(at, "guest", "POST /v1/auth/totp/confirm", CODE);
    assert_contains(&early, &["409 ", PROBLEM, "totp_not_enrolled"]);
    assert_contains(
        &send_as(at, "guest", "DELETE /v1/auth/totp", CODE),
        &["409 ", PROBLEM, "totp_not_on"],
    );
    assert_contains(
        &send_as(at, "host", "POST /v1/auth/totp", ""),
        &["409 ", PROBLEM, "totp_already_on"],
    );
    assert_contains(
        &send_as(at, "host", "POST /v1/auth/totp/confirm", CODE),
        &["409 ", PROBLEM, "totp_already_on"],
    );
    let wrong = send_as(at, "host", "DELETE /v1/auth/totp", r#"{"code": "654321"}"#);
    assert_contains(
        &wrong,
        &["422 ", PROBLEM, r#""pointer":"/code","code":"invalid""#],
    );
    assert_contains(
        &send_as(at, "host", "DELETE /v1/auth/totp", CODE),
        &["204 "],
    );
    let long = format!(r#"{{"code": "{}"}}"#, "1".repeat(33));
    assert_contains(
        &send_as(at, "host", "DELETE /v1/auth/totp", &long),
        &["422 ", PROBLEM, "too_long"],
    );
    for line in [
        "POST /v1/auth/totp",
        "POST /v1/auth/totp/confirm",
        "DELETE /v1/auth/totp",
    ] {
        assert_contains(
            &send(at, &format!("{line} HTTP/1.1"), ""),
            &["401 ", PROBLEM, "token_missing"],
        );
    }
}

#[test]
fn rate_limited_operations_set_retry_after() {
    let at = start_with(|state| state.ports.limits = Arc::new(ExhaustedLimits));
    let waits = ["429 ", PROBLEM, "rate_limited", "retry-after: 7\r\n"];
    let member = r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"A","last_name":"R"}"#;
    let anonymous = [
        ("/v1/users", member.to_owned()),
        ("/v1/auth/login", login("guest", PASSWORD, "")),
        (
            "/v1/auth/password/forgot",
            r#"{"email": "guest@mail.example"}"#.to_owned(),
        ),
        (
            "/v1/auth/password/reset",
            r#"{"token": "x", "new_password": "another long one"}"#.to_owned(),
        ),
        ("/v1/auth/email/verify", r#"{"token": "x"}"#.to_owned()),
    ];
    for (path, body) in anonymous {
        assert_contains(&post(at, path, &body), &waits);
    }
    let change =
        format!(r#"{{"current_password": "{PASSWORD}", "new_password": "another long one"}}"#);
    let booking = r#"{"property_id": "00000000-0000-0000-0000-000000000003", "check_in": "1970-04-01",
        "check_out": "1970-04-04", "guests": {"adults": 2}}"#;
    let known = [
        ("POST /v1/auth/password/change", change.as_str()),
        ("POST /v1/auth/totp/confirm", CODE),
        ("DELETE /v1/auth/totp", CODE),
        ("POST /v1/bookings", booking),
        ("GET /v1/users/me/export", ""),
    ];
    for (line, body) in known {
        assert_contains(&send_as(at, "guest", line, body), &waits);
    }
}

#[test]
fn rate_limited_responses_are_not_stored_for_idempotency() {
    let at = start_with(|state| state.ports.limits = Arc::new(ExhaustedLimits));
    let head = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    let member = r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"A","last_name":"R"}"#;
    for _ in 0..2 {
        let answer = send(at, &head, member);
        assert_contains(&answer, &["429 ", "rate_limited"]);
        assert!(!answer.contains("idempotency-replayed: true"), "{answer}");
    }
}

#[test]
fn an_account_is_erased_without_obligations() {
    let at = start();
    let open = send_as(at, "guest", "DELETE /v1/users/me", "");
    assert_contains(
        &open,
        &["409 ", PROBLEM, "obligations_open", "open bookings;"],
    );
    assert_contains(
        &send_as(at, "stranger", &format!("DELETE {GUEST}"), ""),
        &["403 ", PROBLEM, r#""code":"forbidden""#],
    );
    assert_contains(
        &send(at, &format!("DELETE {GUEST} HTTP/1.1"), ""),
        &["401 ", PROBLEM, "token_missing"],
    );
    assert_contains(
        &send_as(at, "admin", &format!("DELETE {UNKNOWN_USER}"), ""),
        &["404 ", PROBLEM],
    );
    assert_contains(
        &send_as(at, "admin", "DELETE /v1/users/nobody", ""),
        &["404 ", PROBLEM],
    );
    let stale = send(
        at,
        "DELETE /v1/users/me HTTP/1.1\r\nAuthorization: Bearer stranger\r\nIf-Match: \"41\"",
        "",
    );
    assert_contains(&stale, &["412 ", PROBLEM, "precondition_failed"]);
    assert_contains(
        &send_as(at, "stranger", "DELETE /v1/users/me", ""),
        &["204 "],
    );
    let none = Obligations {
        bookings: false,
        payouts: false,
        debts: false,
    };
    let free =
        start_with(|state| state.ports.user_queries = Arc::new(queries_with_obligations(none)));
    assert_contains(
        &send_as(free, "guest", &format!("DELETE {GUEST}"), ""),
        &["204 "],
    );
    let owed = Obligations {
        bookings: true,
        payouts: true,
        debts: false,
    };
    let bound =
        start_with(|state| state.ports.user_queries = Arc::new(queries_with_obligations(owed)));
    assert_contains(
        &send_as(bound, "admin", &format!("DELETE {GUEST}"), ""),
        &["409 ", "open bookings and payouts;"],
    );
}

#[test]
fn the_export_contains_everything_about_the_account() {
    let at = start();
    let answer = send_as(at, "guest", "GET /v1/users/me/export", "");
    assert_contains(
        &answer,
        &[
            "200 OK",
            "cache-control: no-store",
            "content-type: application/json",
        ],
    );
    let all = json(&answer);
    assert_eq!(all["user"]["email"], "guest@mail.example");
    assert_eq!(all["second_factor"], false);
    assert_eq!(all["sessions"][0]["address"], "192.0.2.7");
    assert_eq!(
        all["bookings"][0]["guest_id"],
        "00000000-0000-0000-0000-000000000002"
    );
    assert_eq!(all["bookings"][0].get("guest"), None);
    assert_eq!(all["properties"].as_array().unwrap().len(), 0);
    assert!(
        !answer.contains("hash") && !answer.contains("host@mail.example"),
        "{answer}"
    );
    assert_contains(
        &send_as(at, "stranger", &format!("GET {GUEST}/export"), ""),
        &["403 ", PROBLEM],
    );
    let hosted = json(&send_as(at, "host", "GET /v1/users/me/export", ""));
    assert_eq!(
        hosted["properties"][0]["id"],
        "00000000-0000-0000-0000-000000000003"
    );
    assert_eq!(hosted["second_factor"], true);
    assert_contains(
        &send_as(at, "admin", &format!("GET {GUEST}/export"), ""),
        &["200 OK", "guest@mail.example"],
    );
    assert_contains(
        &send_as(at, "admin", &format!("GET {UNKNOWN_USER}/export"), ""),
        &["404 ", PROBLEM],
    );
}

#[test]
fn a_session_shows_its_address() {
    let sessions = json(&send_as(start(), "guest", "GET /v1/auth/sessions", ""));
    assert_eq!(sessions["data"][0]["address"], "192.0.2.7");
    assert_eq!(sessions["data"][0]["current"], true);
}

#[test]
fn the_public_keys_are_at_the_well_known_path() {
    let at = start();
    let answer = send(at, "GET /.well-known/jwks.json HTTP/1.1", "");
    assert_contains(
        &answer,
        &[
            "200 OK",
            "cache-control: public, max-age=300",
            "content-type: application/json",
        ],
    );
    let key = &json(&answer)["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"]),
        (&"OKP".into(), &"Ed25519".into())
    );
    assert_eq!((&key["alg"], &key["use"]), (&"EdDSA".into(), &"sig".into()));
    assert_eq!(
        (&key["kid"], key["x"].as_str().unwrap().len()),
        (&"key-1".into(), 43)
    );
    assert!(key.get("d").is_none());
    assert_contains(
        &send(at, "POST /.well-known/jwks.json HTTP/1.1", ""),
        &["405 ", PROBLEM, "allow: GET, HEAD"],
    );
}
