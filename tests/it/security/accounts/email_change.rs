//! Changing the address of one's account.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use sojourn_tests::{Client, Server, ServerOptions, TestClock, TestDatabase, databases};

const CHANGE: &str = "/v1/auth/email/change";
const CONFIRM: &str = "/v1/auth/email/change/confirm";
const PASSWORD: &str = "four quiet lanterns";

fn confirm(client: &Client, token: &str) -> sojourn_tests::Answer {
    client.post(CONFIRM, &json!({"token": token}))
}

fn log_in(server: &Server, email: &str) -> u16 {
    let body = json!({"email": email, "password": PASSWORD});
    server.client().post("/v1/auth/login", &body).status
}

#[test]
fn the_address_changes_once_the_mailed_token_is_confirmed() {
    for database in databases() {
        println!("on {}", database.name);
        let server = Server::start(&database);
        let anna = server.sign_up_member("Anna");
        let anonymous = server.client();
        // A link to the former address, which must not set a password after the change.
        let forgotten = json!({"email": anna.email});
        anonymous
            .post("/v1/auth/password/forgot", &forgotten)
            .expect(202);
        let reset = server.mailed_token(&anna.email, 1);

        let first = json!({"new_email": "first@test.example"});
        anna.client.post(CHANGE, &first).expect(202);
        let replaced = server.mailed_token("first@test.example", 0);
        let notice = server.mail_after(&anna.email, 2);
        assert!(
            notice.contains("A change of your e-mail address was requested"),
            "{notice}"
        );
        assert!(!notice.contains("token"), "{notice}");
        let second = json!({"new_email": "Second@test.example"});
        anna.client.post(CHANGE, &second).expect(202);
        let token = server.mailed_token("Second@test.example", 0);
        // Nothing has changed yet, and the later request has replaced the earlier one.
        assert_eq!(log_in(&server, &anna.email), 200);
        confirm(&anonymous, &replaced).expect_problem(422, "token_invalid");
        let verify = json!({"token": token});
        anonymous
            .post("/v1/auth/email/verify", &verify)
            .expect_problem(422, "token_invalid");

        confirm(&anonymous, &token).expect(204);
        confirm(&anonymous, &token).expect_problem(422, "token_invalid");
        anna.client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
        assert_eq!(log_in(&server, &anna.email), 401);
        let body = json!({"email": "second@test.example", "password": PASSWORD});
        let login = anonymous.post("/v1/auth/login", &body).expect(200);
        let client = anonymous.with_token(login.at("/access_token"));
        let me = client.get("/v1/users/me").expect(200).json();
        assert_eq!(me["email"], "Second@test.example");
        assert_eq!(
            (&me["email_verified"], me["id"].as_str()),
            (&json!(true), Some(&*anna.id))
        );
        let late = json!({"token": reset, "new_password": "six more quiet lanterns"});
        anonymous
            .post("/v1/auth/password/reset", &late)
            .expect_problem(422, "token_invalid");
        // The former address is free again, and the change is in the audit log.
        let again =
            json!({"email": anna.email, "password": PASSWORD, "first_name": "A", "last_name": "B"});
        anonymous.post("/v1/users/", &again).expect(201);
        let log = server
            .operator()
            .get("/v1/admin/audit-log?action=email_changed")
            .expect(200);
        let log = log.json();
        assert_eq!(log["data"].as_array().unwrap().len(), 1, "{log}");
    }
}

#[test]
fn known_addresses_are_answered_alike_and_never_taken() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben) = (server.sign_up_member("Anna"), server.sign_up_member("Ben"));
    let known = anna
        .client
        .post(CHANGE, &json!({"new_email": ben.email}))
        .expect(202);
    let unknown = anna
        .client
        .post(CHANGE, &json!({"new_email": "new@test.example"}))
        .expect(202);
    assert_eq!(known.text, unknown.text);
    let mail = server.mail_after(&ben.email, 1);
    assert!(
        mail.contains("You already have an account") && !mail.contains("token="),
        "{mail}"
    );

    // The address gets an account while the token is open.
    let token = server.mailed_token("new@test.example", 0);
    let body = json!({
        "email": "new@test.example", "password": PASSWORD, "first_name": "New", "last_name": "One",
    });
    server.client().post("/v1/users/", &body).expect(201);
    let verify = json!({"token": server.mailed_token("new@test.example", 1)});
    server
        .client()
        .post("/v1/auth/email/verify", &verify)
        .expect(204);
    confirm(&server.client(), &token).expect_problem(422, "token_invalid");
    assert_eq!(log_in(&server, "new@test.example"), 200);
    assert_eq!(log_in(&server, &anna.email), 200);
}

#[test]
fn a_registration_that_was_never_proved_keeps_no_address() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("Anna");
    let body = json!({
        "email": "mine@test.example", "password": "a strangers password", "first_name": "X", "last_name": "Y",
    });
    server.client().post("/v1/users/", &body).expect(201);
    let stale = server.mailed_token("mine@test.example", 0);
    anna.client
        .post(CHANGE, &json!({"new_email": "mine@test.example"}))
        .expect(202);
    let token = server.mailed_token("mine@test.example", 1);
    confirm(&server.client(), &token).expect(204);
    assert_eq!(log_in(&server, "mine@test.example"), 200);
    let verify = json!({"token": stale});
    server
        .client()
        .post("/v1/auth/email/verify", &verify)
        .expect_problem(422, "token_invalid");
}

#[test]
fn a_request_needs_the_password_and_a_change_of_it_voids_the_link() {
    let now: DateTime<Utc> = "2026-06-03T12:00:00Z".parse().unwrap();
    let clock = TestClock::standing(now);
    let options = ServerOptions {
        clock: Some(clock.clone()),
        ..ServerOptions::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let anna = server.sign_up_member("Anna");
    let (new, body) = ("new@test.example", json!({"new_email": "new@test.example"}));
    let client = &anna.client;
    for wrong in [anna.email.as_str(), "nobody", ""] {
        let refused = client
            .post(CHANGE, &json!({"new_email": wrong}))
            .expect(422)
            .json();
        assert_eq!(
            refused["errors"][0]["pointer"], "/new_email",
            "{wrong}: {refused}"
        );
    }
    clock.move_to(now + TimeDelta::minutes(6));
    client
        .post(CHANGE, &body)
        .expect_problem(403, "password_required");
    let wrong = json!({"new_email": new, "password": "another password"});
    client.post(CHANGE, &wrong).expect(422);
    let right = json!({"new_email": new, "password": PASSWORD});
    client.post(CHANGE, &right).expect(202);
    let token = server.mailed_token(new, 0);
    let change = json!({"current_password": PASSWORD, "new_password": "six more quiet lanterns"});
    client.post("/v1/auth/password/change", &change).expect(204);
    confirm(&server.client(), &token).expect_problem(422, "token_invalid");

    let right = json!({"new_email": new, "password": "six more quiet lanterns"});
    client.post(CHANGE, &right).expect(202);
    let token = server.mailed_token(new, 1);
    clock.move_to(now + TimeDelta::hours(25));
    confirm(&server.client(), &token).expect_problem(422, "token_invalid");
}

#[test]
fn an_account_requests_few_changes_an_hour() {
    let options = ServerOptions {
        variables: &[("SOJOURN_RATE_LIMITS", "on")],
        ..ServerOptions::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let anna = server.sign_up_member("Anna");
    for n in 0..5 {
        let body = json!({"new_email": format!("new-{n}@test.example")});
        anna.client.post(CHANGE, &body).expect(202);
    }
    let body = json!({"new_email": "one-more@test.example"});
    let refused = anna.client.post(CHANGE, &body).expect(429);
    assert!(refused.header("retry-after").is_some());
}
