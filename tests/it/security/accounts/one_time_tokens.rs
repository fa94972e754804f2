//! One-time tokens: stored hashed, single use, expiring, valid for one purpose.

use chrono::TimeDelta;
use serde_json::json;
use sojourn_tests::{Answer, Server, TestDatabase, databases};

use crate::security::limits::throttling::limited;
use crate::security::support::clock::{concurrently, server_ahead};
use crate::security::support::raw_tables::{sha256, tables_containing};

const NEW: &str = "six more quiet lanterns";

/// Registers an account; its address and the mailed verification token.
fn registered(server: &Server, name: &str) -> (String, String) {
    let email = format!("{name}-{}@test.example", sojourn_tests::new_id().simple());
    let body = json!({"email": email, "password": sojourn_tests::PASSWORD, "first_name": name, "last_name": "T"});
    server.client().post("/v1/users/", &body).expect(201);
    let token = server.mailed_token(&email, 0);
    (email, token)
}

/// Requests a password reset; the token of the mail after `others` mails.
fn request_reset(server: &Server, email: &str, others: usize) -> String {
    server
        .client()
        .post("/v1/auth/password/forgot", &json!({"email": email}))
        .expect(202);
    server.mailed_token(email, others)
}

fn verify(server: &Server, token: &str) -> Answer {
    server
        .client()
        .post("/v1/auth/email/verify", &json!({"token": token}))
}

fn reset(server: &Server, token: &str, password: &str) -> Answer {
    server.client().post(
        "/v1/auth/password/reset",
        &json!({"token": token, "new_password": password}),
    )
}

#[test]
fn one_time_tokens_are_stored_hashed_and_used_once() {
    for database in databases() {
        let server = Server::start(&database);
        let (email, token) = registered(&server, "anna");
        let kept = |token: &str| {
            assert_eq!(
                tables_containing(&database, token),
                [] as [&str; 0],
                "{}",
                database.name
            );
            tables_containing(&database, &sha256(token)) == ["one_time_tokens"]
        };
        assert!(kept(&token));
        verify(&server, &token).expect(204);
        assert!(!kept(&token));
        verify(&server, &token).expect_problem(422, "token_invalid");
        let token = request_reset(&server, &email, 1);
        assert!(kept(&token));
        // A rejected password does not use up the token.
        reset(&server, &token, "too short").expect(422);
        assert!(kept(&token));
        reset(&server, &token, NEW).expect(204);
        assert!(!kept(&token));
        reset(&server, &token, NEW).expect_problem(422, "token_invalid");
        server.log_in(&email, NEW).expect(200);
    }
}

#[test]
fn concurrent_use_of_a_one_time_token_succeeds_once() {
    for database in databases() {
        let server = Server::start(&database);
        for n in 0..4 {
            let (email, token) = registered(&server, "anna");
            let won =
                |answers: &[Answer]| answers.iter().filter(|answer| answer.status == 204).count();
            let answers = concurrently(8, || verify(&server, &token));
            assert_eq!(
                won(&answers),
                1,
                "round {n} on {}: {answers:#?}",
                database.name
            );
            let token = request_reset(&server, &email, 1);
            let answers = concurrently(8, || reset(&server, &token, NEW));
            assert_eq!(
                won(&answers),
                1,
                "round {n} on {}: {answers:#?}",
                database.name
            );
        }
    }
}

#[test]
fn one_time_tokens_are_valid_for_one_purpose() {
    let server = Server::start(&TestDatabase::sqlite());
    let (email, to_verify) = registered(&server, "anna");
    reset(&server, &to_verify, NEW).expect_problem(422, "token_invalid");
    let to_reset = request_reset(&server, &email, 1);
    verify(&server, &to_reset).expect_problem(422, "token_invalid");
    // A password reset by mail verifies the address as well.
    reset(&server, &to_reset, NEW).expect(204);
    server.log_in(&email, NEW).expect(200);
    let (_, other) = registered(&server, "ben");
    assert_ne!(to_verify, other);
    verify(&server, &other).expect(204);
}

#[test]
fn one_time_tokens_expire_after_a_day_or_an_hour() {
    for database in databases() {
        let server = Server::start(&database);
        let (email, to_verify) = registered(&server, "anna");
        let (_, in_time) = registered(&server, "ben");
        let to_reset = request_reset(&server, &email, 1);
        let minutes = server_ahead(&database, &server, TimeDelta::minutes(61));
        reset(&minutes, &to_reset, NEW).expect_problem(422, "token_invalid");
        minutes.stop();
        let hours = server_ahead(&database, &server, TimeDelta::hours(23));
        verify(&hours, &in_time).expect(204);
        hours.stop();
        let hours = server_ahead(&database, &server, TimeDelta::hours(24));
        verify(&hours, &to_verify).expect_problem(422, "token_invalid");
    }
}

#[test]
fn repeated_registration_replaces_an_unproved_one_and_voids_its_links() {
    for database in databases() {
        let server = Server::start(&database);
        let (email, first) = registered(&server, "mallory");
        let again =
            json!({"email": email, "password": NEW, "first_name": "anna", "last_name": "T"});
        server.client().post("/v1/users/", &again).expect(201);
        let second = server.mailed_token(&email, 1);
        verify(&server, &first).expect_problem(422, "token_invalid");
        verify(&server, &second).expect(204);
        server
            .log_in(&email, sojourn_tests::PASSWORD)
            .expect_problem(401, "bad_credentials");
        let anna = server.log_in_as(&email, NEW);
        let account = anna.client.get("/v1/users/me").expect(200);
        assert_eq!(account.at("/first_name"), "anna");
        // From now on the address is proved, and a registration changes nothing.
        let third = json!({"email": email, "password": "seven quiet lanterns", "first_name": "Eve", "last_name": "T"});
        server.client().post("/v1/users/", &third).expect(201);
        let unchanged = anna.client.get("/v1/users/me").expect(200);
        assert_eq!(unchanged.text, account.text);
        server.log_in(&email, NEW).expect(200);
    }
}

#[test]
fn registrations_beyond_the_quota_of_mails_replace_too() {
    let server = limited(&TestDatabase::sqlite());
    let (email, _) = registered(&server, "mallory");
    let register = |password: &str| {
        let body =
            json!({"email": email, "password": password, "first_name": "M", "last_name": "T"});
        server.client().post("/v1/users/", &body).expect(201);
    };
    let mut last = String::new();
    for n in 1..5 {
        register(sojourn_tests::PASSWORD);
        last = server.mailed_token(&email, n);
    }
    register(NEW);
    verify(&server, &last).expect_problem(422, "token_invalid");
    server.log_in(&email, sojourn_tests::PASSWORD).expect(401);
    assert_eq!(server.mails_to(&email).len(), 5);
}

#[test]
fn using_one_link_invalidates_the_others() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("anna");
    let (first, second) = (
        request_reset(&server, &anna.email, 1),
        request_reset(&server, &anna.email, 2),
    );
    reset(&server, &first, NEW).expect(204);
    reset(&server, &second, "seven quiet lanterns").expect_problem(422, "token_invalid");
    server.log_in(&anna.email, NEW).expect(200);
}

#[test]
fn address_change_invalidates_mailed_links() {
    for database in databases() {
        let server = Server::start(&database);
        let (operator, anna) = (server.operator(), server.sign_up_member("anna"));
        let before = request_reset(&server, &anna.email, 1);
        let moved = format!("moved-{}@test.example", sojourn_tests::new_id().simple());
        operator
            .patch(
                &format!("/v1/admin/users/{}", anna.id),
                &json!({"email": moved}),
            )
            .expect(200);
        reset(&server, &before, NEW).expect_problem(422, "token_invalid");
        server
            .log_in(&anna.email, anna.password.as_str())
            .expect(401);
        server.log_in(&moved, anna.password.as_str()).expect(401);
        reset(&server, &server.mailed_token(&moved, 0), NEW).expect(204);
        server.log_in(&moved, NEW).expect(200);
    }
}
