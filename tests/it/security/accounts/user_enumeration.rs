//! Answers do not reveal whether an account exists.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_tests::{Answer, PASSWORD, Server, TestDatabase};

use crate::security::limits::throttling::limited;

/// BookingStatus, header names and body of an answer, without the request id.
fn comparable(answer: &Answer) -> (u16, BTreeSet<String>, Value) {
    let mut body = answer.json();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    (
        answer.status,
        answer.headers.keys().cloned().collect(),
        body,
    )
}

fn assert_same(what: &str, answers: &[Answer]) {
    for answer in answers {
        assert_eq!(
            comparable(answer),
            comparable(&answers[0]),
            "{what}: {}",
            answer.text
        );
    }
}

fn registration(email: &str, name: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "first_name": name, "last_name": "Test"})
}

#[test]
fn failed_logins_are_indistinguishable() {
    let server = Server::start(&TestDatabase::sqlite());
    let (known, operator) = (server.sign_up_member("known"), server.operator());
    let (suspended, erased) = (
        server.sign_up_member("suspended"),
        server.sign_up_member("erased"),
    );
    operator
        .post(
            &format!("/v1/admin/users/{}/suspend", suspended.id),
            &json!({"reason": "a test"}),
        )
        .expect(200);
    erased.client.delete("/v1/users/me").expect(204);
    server
        .client()
        .post(
            "/v1/users/",
            &registration("unverified@test.example", "Una"),
        )
        .expect(201);
    let refused = [
        server.log_in("nobody@test.example", PASSWORD),
        server.log_in(&known.email, "five loud lanterns"),
        server.log_in(&known.email, ""),
        server.log_in("unverified@test.example", PASSWORD),
        server.log_in(&suspended.email, PASSWORD),
        server.log_in(&erased.email, PASSWORD),
        server.log_in("no address", PASSWORD),
    ];
    assert_same("a login", &refused);
    refused[0].clone().expect_problem(401, "bad_credentials");
    server
        .log_in(&known.email.to_uppercase(), PASSWORD)
        .expect(200);
}

#[test]
fn registration_does_not_reveal_known_addresses() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    let before = known.client.get("/v1/users/me").expect(200).text;
    let fresh = known.email.replace("known-", "fresh-");
    let anonymous = server.client();
    let answers = [&fresh, &known.email, &fresh]
        .map(|email| anonymous.post("/v1/users/", &registration(email, "Mallory")));
    let (first, again, twice) = (&answers[0], &answers[1], &answers[2]);
    for answer in [again, twice] {
        let ((status, headers, body), (other_status, other_headers, other)) =
            (comparable(first), comparable(answer));
        assert_eq!((status, headers), (other_status, other_headers));
        for (name, value) in body.as_object().unwrap() {
            let differs = ["id", "email", "created_at", "updated_at"].contains(&name.as_str());
            assert!(differs || *value == other[name], "{name}: {body} {other}");
        }
        assert_eq!(
            body.as_object().unwrap().len(),
            other.as_object().unwrap().len()
        );
    }
    // The account is unchanged, and its owner is notified.
    assert_eq!(known.client.get("/v1/users/me").expect(200).text, before);
    assert!(
        server
            .mail_after(&known.email, 1)
            .contains("You already have an account")
    );
    // The returned ids are not readable, whether the account exists or not.
    let stranger = server.sign_up("stranger");
    let ids = [first.at("/id"), again.at("/id"), twice.at("/id")];
    for who in [&anonymous, &stranger] {
        let paths = ids.iter().map(|id| format!("/v1/users/{id}"));
        let seen: Vec<_> = paths
            .map(|path| who.get(&path).expect_problem(404, "not_found"))
            .collect();
        let named = |answer: &Answer, id: &str| answer.text.replace(id, "…");
        for (answer, id) in seen.iter().zip(&ids) {
            let (one, other) = (named(answer, id), named(&seen[0], &ids[0]));
            assert_eq!(
                one.replace(&answer.at("/request_id"), ""),
                other.replace(&seen[0].at("/request_id"), "")
            );
        }
    }
    for id in &ids {
        let path = format!("/v1/users/{id}");
        let statuses = [
            stranger.patch(&path, &json!({"first_name": "Eve"})).status,
            stranger.delete(&path).status,
            stranger.get(&format!("{path}/export")).status,
        ];
        assert_eq!(statuses, [404, 404, 404], "{id}");
    }
}

#[test]
fn password_reset_request_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    server
        .client()
        .post(
            "/v1/users/",
            &registration("unverified@test.example", "Una"),
        )
        .expect(201);
    let asked = [
        known.email.as_str(),
        "nobody@test.example",
        "unverified@test.example",
        "no address",
    ]
    .map(|email| {
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": email}))
            .expect(202)
    });
    assert_same("a forgotten password", &asked);
    assert!(
        server
            .mail_after(&known.email, 1)
            .contains("Reset your password")
    );
    assert!(server.mails_to("nobody@test.example").is_empty());
}

#[test]
fn verification_mail_request_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    let una = "unverified@test.example";
    server
        .client()
        .post("/v1/users/", &registration(una, "Una"))
        .expect(201);
    server.mailed_token(una, 0);
    let asked = [
        una,
        known.email.as_str(),
        "nobody@test.example",
        "no address",
    ]
    .map(|email| {
        server
            .client()
            .post("/v1/auth/email/resend", &json!({"email": email}))
            .expect(202)
    });
    assert_same("a verification mail", &asked);
    let token = server.mailed_token(una, 1);
    server
        .client()
        .post("/v1/auth/email/verify", &json!({"token": token}))
        .expect(204);
    assert!(server.mails_to("nobody@test.example").is_empty());
    assert_eq!(server.mails_to(&known.email).len(), 1);
}

#[test]
fn login_with_the_right_password_mails_the_verification_link_again() {
    let server = limited(&TestDatabase::sqlite());
    let una = "unverified@test.example";
    server
        .client()
        .post("/v1/users/", &registration(una, "Una"))
        .expect(201);
    server.mailed_token(una, 0);
    server.log_in(una, "five loud lanterns").expect(401);
    let refused = server
        .log_in(una, PASSWORD)
        .expect_problem(401, "bad_credentials");
    assert!(
        refused.at("/detail").contains("not verified"),
        "{}",
        refused.text
    );
    server.mailed_token(una, 1);
    // The mails to an address are limited, whatever causes them.
    for _ in 0..5 {
        server.log_in(una, PASSWORD).expect(401);
    }
    server.mailed_token(una, 4);
    assert_eq!(server.mails_to(una).len(), 5);
}

#[test]
fn unknown_and_used_tokens_are_indistinguishable() {
    let server = Server::start(&TestDatabase::sqlite());
    let email = "una@test.example";
    server
        .client()
        .post("/v1/users/", &registration(email, "Una"))
        .expect(201);
    let used = server.mailed_token(email, 0);
    let verify = |token: &str| {
        server
            .client()
            .post("/v1/auth/email/verify", &json!({"token": token}))
    };
    verify(&used).expect(204);
    let never = used.chars().rev().collect::<String>();
    let refused = [
        verify(&used),
        verify(&never),
        verify(""),
        verify("'; DROP TABLE users; --"),
    ];
    assert_same("a token", &refused);
    refused[0].clone().expect_problem(422, "token_invalid");
}
