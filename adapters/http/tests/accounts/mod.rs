//! Authentication, sessions, second factor, export and erasure of accounts.

use std::net::SocketAddr;
use std::sync::Arc;

use sojourn_application::ports::Obligations;

use crate::support::{
    JSON, PASSWORD, PROBLEM, UsedUp, ask, by, has, json, start, start_over, with_obligations,
};

const GUEST: &str = "/v1/users/00000000-0000-0000-0000-000000000002";
const NOBODY: &str = "/v1/users/00000000-0000-0000-0000-00000000ffff";
const CODE: &str = r#"{"code": "123456"}"#;

fn post(at: SocketAddr, path: &str, body: &str) -> String {
    ask(at, &format!("POST {path} HTTP/1.1\r\n{JSON}"), body)
}

fn login(name: &str, password: &str, more: &str) -> String {
    format!(r#"{{"email": "{name}@mail.example", "password": "{password}"{more}}}"#)
}

#[test]
fn a_password_is_answered_with_tokens() {
    let at = start();
    let tokens = post(at, "/v1/auth/login", &login("guest", PASSWORD, ""));
    has(&tokens, &["200 OK", "cache-control: no-store"]);
    assert_eq!(json(&tokens)["access_token"], "access");
    let wrong = post(
        at,
        "/v1/auth/login",
        &login("guest", "another long one", ""),
    );
    has(
        &wrong,
        &[
            "401 ",
            PROBLEM,
            "bad_credentials",
            "www-authenticate: Bearer",
        ],
    );
    let unknown = post(at, "/v1/auth/login", &login("nobody", PASSWORD, ""));
    let told = |answer: &str| (json(answer)["code"].clone(), json(answer)["detail"].clone());
    assert_eq!(told(&wrong), told(&unknown));
    let odd = post(
        at,
        "/v1/auth/login",
        r#"{"email": 1, "password": "x", "totp": 2, "admin": true}"#,
    );
    has(
        &odd,
        &["422 ", PROBLEM, r#""/email""#, r#""/totp""#, r#""/admin""#],
    );
}

#[test]
fn a_second_factor_is_asked_for_after_the_password() {
    let at = start();
    let challenged = ["401 ", PROBLEM, "www-authenticate: Bearer"];
    let without = post(at, "/v1/auth/login", &login("host", PASSWORD, ""));
    has(&without, &[&challenged[..], &["totp_required"]].concat());
    let wrong = post(
        at,
        "/v1/auth/login",
        &login("host", PASSWORD, r#", "totp": "654321""#),
    );
    has(&wrong, &[&challenged[..], &["totp_invalid"]].concat());
    let blind = post(
        at,
        "/v1/auth/login",
        &login("host", "another long one", r#", "totp": "123456""#),
    );
    has(&blind, &["401 ", "bad_credentials"]);
    has(
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
    let secret = by(at, "guest", "POST /v1/auth/totp", "");
    has(&secret, &["200 OK", "cache-control: no-store"]);
    assert_eq!(json(&secret)["secret"], "BASE32");
    assert_eq!(json(&secret)["otpauth_url"], "otpauth://totp/Sojourn");
    let early = by(at, "guest", "POST /v1/auth/totp/confirm", CODE);
    has(&early, &["409 ", PROBLEM, "totp_not_enrolled"]);
    has(
        &by(at, "guest", "DELETE /v1/auth/totp", CODE),
        &["409 ", PROBLEM, "totp_not_on"],
    );
    has(
        &by(at, "host", "POST /v1/auth/totp", ""),
        &["409 ", PROBLEM, "totp_already_on"],
    );
    has(
        &by(at, "host", "POST /v1/auth/totp/confirm", CODE),
        &["409 ", PROBLEM, "totp_already_on"],
    );
    let wrong = by(at, "host", "DELETE /v1/auth/totp", r#"{"code": "654321"}"#);
    has(
        &wrong,
        &["422 ", PROBLEM, r#""pointer":"/code","code":"invalid""#],
    );
    has(&by(at, "host", "DELETE /v1/auth/totp", CODE), &["204 "]);
    let long = format!(r#"{{"code": "{}"}}"#, "1".repeat(33));
    has(
        &by(at, "host", "DELETE /v1/auth/totp", &long),
        &["422 ", PROBLEM, "too_long"],
    );
    for line in [
        "POST /v1/auth/totp",
        "POST /v1/auth/totp/confirm",
        "DELETE /v1/auth/totp",
    ] {
        has(
            &ask(at, &format!("{line} HTTP/1.1"), ""),
            &["401 ", PROBLEM, "token_missing"],
        );
    }
}

#[test]
fn who_tries_too_often_is_told_when_to_come_again() {
    let at = start_over(|state| state.ports.limits = Arc::new(UsedUp));
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
        has(&post(at, path, &body), &waits);
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
        has(&by(at, "guest", line, body), &waits);
    }
}

#[test]
fn an_answer_to_come_again_later_is_not_kept() {
    let at = start_over(|state| state.ports.limits = Arc::new(UsedUp));
    let head = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    let member = r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"A","last_name":"R"}"#;
    for _ in 0..2 {
        let answer = ask(at, &head, member);
        has(&answer, &["429 ", "rate_limited"]);
        assert!(!answer.contains("idempotency-replayed: true"), "{answer}");
    }
}

#[test]
fn an_account_goes_when_nothing_is_open() {
    let at = start();
    let open = by(at, "guest", "DELETE /v1/users/me", "");
    has(
        &open,
        &["409 ", PROBLEM, "obligations_open", "open bookings;"],
    );
    has(
        &by(at, "stranger", &format!("DELETE {GUEST}"), ""),
        &["403 ", PROBLEM, r#""code":"forbidden""#],
    );
    has(
        &ask(at, &format!("DELETE {GUEST} HTTP/1.1"), ""),
        &["401 ", PROBLEM, "token_missing"],
    );
    has(
        &by(at, "admin", &format!("DELETE {NOBODY}"), ""),
        &["404 ", PROBLEM],
    );
    has(
        &by(at, "admin", "DELETE /v1/users/nobody", ""),
        &["404 ", PROBLEM],
    );
    let stale = ask(
        at,
        "DELETE /v1/users/me HTTP/1.1\r\nAuthorization: Bearer stranger\r\nIf-Match: \"41\"",
        "",
    );
    has(&stale, &["412 ", PROBLEM, "precondition_failed"]);
    has(&by(at, "stranger", "DELETE /v1/users/me", ""), &["204 "]);
    let none = Obligations {
        bookings: false,
        payouts: false,
    };
    let free = start_over(|state| state.ports.queries = Arc::new(with_obligations(none)));
    has(
        &by(free, "guest", &format!("DELETE {GUEST}"), ""),
        &["204 "],
    );
    let owed = Obligations {
        bookings: true,
        payouts: true,
    };
    let bound = start_over(|state| state.ports.queries = Arc::new(with_obligations(owed)));
    has(
        &by(bound, "admin", &format!("DELETE {GUEST}"), ""),
        &["409 ", "open bookings and payouts;"],
    );
}

#[test]
fn everything_about_oneself_comes_in_one_document() {
    let at = start();
    let answer = by(at, "guest", "GET /v1/users/me/export", "");
    has(
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
    has(
        &by(at, "stranger", &format!("GET {GUEST}/export"), ""),
        &["403 ", PROBLEM],
    );
    let hosted = json(&by(at, "host", "GET /v1/users/me/export", ""));
    assert_eq!(
        hosted["properties"][0]["id"],
        "00000000-0000-0000-0000-000000000003"
    );
    assert_eq!(hosted["second_factor"], true);
    has(
        &by(at, "admin", &format!("GET {GUEST}/export"), ""),
        &["200 OK", "guest@mail.example"],
    );
    has(
        &by(at, "admin", &format!("GET {NOBODY}/export"), ""),
        &["404 ", PROBLEM],
    );
}

#[test]
fn a_session_says_from_where_it_was_opened() {
    let sessions = json(&by(start(), "guest", "GET /v1/auth/sessions", ""));
    assert_eq!(sessions["data"][0]["address"], "192.0.2.7");
    assert_eq!(sessions["data"][0]["current"], true);
}

#[test]
fn the_public_keys_are_where_everybody_looks() {
    let at = start();
    let answer = ask(at, "GET /.well-known/jwks.json HTTP/1.1", "");
    has(
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
    has(
        &ask(at, "POST /.well-known/jwks.json HTTP/1.1", ""),
        &["405 ", PROBLEM, "allow: GET, HEAD"],
    );
}
