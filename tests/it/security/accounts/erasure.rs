//! Erasure removes all personal data of an account; records shared with others stay.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_domain::shared::{Email, Notification, SecurityChange, UserId};
use sojourn_tests::{Client, Member, PASSWORD, Server, TestDatabase, databases};

use crate::doctor::try_execute_sql;
use crate::security::support::authenticator::enrol_second_factor;
use crate::security::support::clock::server_ahead;
use crate::security::support::fixtures::{
    act, booking_body, completed_stay, create_listing, paid_booking, reviewed_stay,
};
use crate::security::support::raw_tables::{all_rows, sha256, tables_containing};

const PHONE: &str = "+12025550143";

/// A member with rare names, a phone number, a second factor, two sessions, and an unused mailed link.
fn wilhelmina(server: &Server) -> (Member, String) {
    let email = format!(
        "wilhelmina-{}@test.example",
        sojourn_tests::new_id().simple()
    );
    let body = json!({
        "email": email, "password": PASSWORD, "first_name": "Wilhelmina", "last_name": "Featherstone", "phone": PHONE,
    });
    // The idempotent answer is stored for a day.
    server
        .client()
        .post_once("/v1/users/", &email, &body)
        .unwrap()
        .expect(201);
    let verify = json!({"token": server.mailed_token(&email, 0)});
    server
        .client()
        .post("/v1/auth/email/verify", &verify)
        .expect(204);
    let phone = server.client().with_header("user-agent", "a telephone");
    phone
        .post(
            "/v1/auth/login",
            &json!({"email": email, "password": PASSWORD}),
        )
        .expect(200);
    let member = server.log_in_as(&email, PASSWORD);
    enrol_second_factor(&member.client);
    server.mail_after(&email, 1);
    server
        .client()
        .post("/v1/auth/password/forgot", &json!({"email": email}))
        .expect(202);
    let token = server.mailed_token(&email, 2);
    (member, token)
}

/// Fails if personal data of the member is in any table.
fn assert_no_trace(database: &TestDatabase, her: &Member) {
    let local = her.email.split('@').next().unwrap();
    for name in [
        "wilhelmina",
        "featherstone",
        "telephone",
        PHONE,
        &PHONE[1..],
        local,
    ] {
        assert_eq!(
            tables_containing(database, name),
            [] as [&str; 0],
            "{name} on {}",
            database.name
        );
    }
}

/// The rows shared with others, which name the member by id only.
fn shared_rows(database: &TestDatabase) -> Vec<(String, Vec<String>)> {
    let kept = [
        "bookings",
        "payments",
        "payment_entries",
        "journal",
        "payouts",
        "reviews",
    ];
    all_rows(database)
        .into_iter()
        .filter(|(table, _)| kept.contains(&table.as_str()))
        .collect()
}

fn check_integrity(server: &Server) {
    let report = server.check_integrity();
    assert!(
        report.findings.is_empty() && report.audit.broken_at.is_none(),
        "{report:?}"
    );
}

fn erase(who: &Client) -> sojourn_tests::Answer {
    let body = json!({"password": PASSWORD}).to_string();
    let json = [("content-type", "application/json")];
    who.send("DELETE", "/v1/users/me", &json, Some(body))
}

#[test]
fn erasing_a_guest_keeps_their_bookings() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up_member("host");
        let (her, link) = wilhelmina(&server);
        let instant = create_listing(&host.client, "instant");
        let over = reviewed_stay(&her.client, &host.client, &instant);
        completed_stay(&her.client, &create_listing(&host.client, "instant"));
        let on_request = create_listing(&host.client, "request");
        let asked = paid_booking(&her.client, &on_request, 40, 43);
        // The host's idempotent answer names the guest and is stored for a day as well.
        let accepted = host.client.post_once(
            &format!("/v1/bookings/{asked}/accept"),
            "accepting",
            &json!({}),
        );
        assert!(accepted.unwrap().expect(200).text.contains("Wilhelmina"));

        let refused = erase(&her.client).expect_problem(409, "obligations_open");
        assert!(
            refused.at("/detail").contains("bookings"),
            "{}",
            refused.text
        );
        her.client.get("/v1/users/me").expect(200);
        act(&her.client, &asked, "cancel");
        server.wait_until_idle(Duration::from_secs(20));
        let before = shared_rows(&database);
        assert!(
            before.iter().all(|(_, rows)| !rows.is_empty()) && before.len() == 6,
            "{before:?}"
        );

        assert_eq!(
            tables_containing(&database, "wilhelmina"),
            ["idempotency_keys", "users"],
            "{}",
            database.name
        );
        assert_eq!(
            tables_containing(&database, "telephone"),
            ["sessions"],
            "{}",
            database.name
        );

        erase(&her.client).expect(204);
        assert_no_trace(&database, &her);
        assert_eq!(shared_rows(&database), before, "{}", database.name);
        check_integrity(&server);
        // The account cannot log in.
        her.client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
        let refresh = json!({"refresh_token": her.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &refresh)
            .expect_problem(401, "token_invalid");
        server
            .log_in(&her.email, PASSWORD)
            .expect_problem(401, "bad_credentials");
        assert_eq!(
            tables_containing(&database, &sha256(&link)),
            [] as [&str; 0]
        );
        let reset = json!({"token": link, "new_password": "six more quiet lanterns"});
        server
            .client()
            .post("/v1/auth/password/reset", &reset)
            .expect_problem(422, "token_invalid");
        // Others see the booking without personal data.
        server
            .client()
            .get(&format!("/v1/users/{}", her.id))
            .expect_problem(404, "not_found");
        let seen = host.client.get(&format!("/v1/bookings/{over}")).expect(200);
        assert_eq!(
            (seen.at("/guest_id"), seen.at("/status").as_str()),
            (her.id.clone(), "cancelled")
        );
        assert!(
            !seen.text.contains("Wilhelmina") && !seen.text.contains(PHONE),
            "{}",
            seen.text
        );
        // The address can be registered again.
        let again =
            json!({"email": her.email, "password": PASSWORD, "first_name": "W", "last_name": "F"});
        let fresh = server
            .client()
            .post("/v1/users/", &again)
            .expect(201)
            .at("/id");
        let verify =
            json!({"token": server.token_about(&her.email, "Confirm your e-mail address", 1)});
        server
            .client()
            .post("/v1/auth/email/verify", &verify)
            .expect(204);
        let back = server.log_in_as(&her.email, PASSWORD);
        assert!(back.id == fresh && back.id != her.id);
        assert_eq!(
            back.client.get("/v1/bookings/").expect(200).json()["data"],
            json!([])
        );
    }
}

#[test]
fn erasure_removes_the_address_from_queued_mails() {
    for database in databases() {
        let server = Server::start(&database);
        let (her, _) = wilhelmina(&server);
        let id = UserId::new(her.id.parse().unwrap());
        let address = |text: String| Email::parse(&text).unwrap();
        let hers = address(her.email.to_uppercase());
        let other = address(format!("other-{}", her.email));
        let security_changed = Notification::SecurityChanged {
            user_id: id,
            what: SecurityChange::Password,
        };
        let queued = vec![
            Notification::ForgotPassword {
                email: hers.clone(),
            },
            Notification::ResendVerification { email: hers },
            security_changed,
            Notification::ForgotPassword {
                email: other.clone(),
            },
        ];
        let due = Utc::now() + TimeDelta::hours(1);
        let enqueued = server.ports.users.enqueue_notifications(queued, due);
        server.block_on(enqueued).unwrap();
        let error = format!(
            "UPDATE jobs SET last_error = '550 no such user {}' WHERE notice LIKE '%other-%'",
            her.email
        );
        try_execute_sql(&database, &error).unwrap();
        erase(&her.client).expect(204);
        let jobs = all_rows(&database)
            .into_iter()
            .find(|(table, _)| table == "jobs");
        let (_, rows) = jobs.unwrap();
        assert_eq!(rows.len(), 1, "{rows:?} on {}", database.name);
        let left = rows[0].replace(&other.to_string(), "");
        assert!(!left.contains("wilhelmina"), "{left}");
    }
}

#[test]
fn erasing_a_host_requires_no_open_stays_or_payouts() {
    for database in databases() {
        let server = Server::start(&database);
        let (her, _) = wilhelmina(&server);
        let guest = server.sign_up_member("guest");
        let property = create_listing(&her.client, "instant");
        let (over, ahead) = (
            completed_stay(&guest.client, &property),
            paid_booking(&guest.client, &property, 40, 43),
        );
        let page = format!("/v1/properties/{property}");
        let refused = erase(&her.client).expect_problem(409, "obligations_open");
        assert!(
            refused.at("/detail").contains("bookings and payouts"),
            "{}",
            refused.text
        );
        act(&guest.client, &ahead, "cancel");
        let refused = erase(&her.client).expect_problem(409, "obligations_open");
        assert!(
            refused.at("/detail").contains("payouts"),
            "{}",
            refused.text
        );
        server.client().get(&page).expect(200);

        let days = server_ahead(&database, &server, TimeDelta::days(3));
        days.wait_until_idle(Duration::from_secs(30));
        let next = days
            .client()
            .post(
                "/v1/auth/refresh",
                &json!({"refresh_token": her.refresh_token}),
            )
            .expect(200);
        erase(&days.client().with_token(next.at("/access_token"))).expect(204);
        days.client().get(&page).expect_problem(404, "not_found");
        let found = days.client().get("/v1/properties/?city=Albany").expect(200);
        assert_eq!(found.json()["data"], json!([]));
        assert_no_trace(&database, &her);
        check_integrity(&days);
        let again = json!({"refresh_token": guest.refresh_token});
        let guest = days
            .client()
            .post("/v1/auth/refresh", &again)
            .expect(200)
            .at("/access_token");
        let guest = days.client().with_token(guest);
        assert_eq!(
            guest
                .get(&format!("/v1/bookings/{over}"))
                .expect(200)
                .at("/status"),
            "completed"
        );
        guest
            .post("/v1/bookings/", &booking_body(&property, 50, 53))
            .expect(404);
    }
}

#[test]
fn erasure_requires_owner_or_operator_and_matching_version() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben, operator) = (
        server.sign_up_member("anna"),
        server.sign_up_member("ben"),
        server.operator(),
    );
    let path = format!("/v1/users/{}", anna.id);
    ben.client.delete(&path).expect_problem(403, "forbidden");
    server
        .client()
        .delete(&path)
        .expect_problem(401, "token_missing");
    let tag = anna
        .client
        .get(&path)
        .expect(200)
        .header("etag")
        .unwrap()
        .to_owned();
    anna.client
        .patch(&path, &json!({"first_name": "Ann"}))
        .expect(200);
    anna.client
        .send("DELETE", &path, &[("if-match", &tag)], None)
        .expect(412);
    anna.client.get(&path).expect(200);
    operator.delete(&path).expect(204);
    operator.delete(&path).expect_problem(404, "not_found");
    anna.client
        .get("/v1/users/me")
        .expect_problem(401, "token_invalid");
    // The audit log names the operator by id and no personal data.
    let log = operator
        .get("/v1/admin/audit-log?action=account_erased")
        .expect(200)
        .json();
    let line = &log["data"][0];
    assert_eq!(
        (
            &line["subject"]["id"],
            log["data"].as_array().unwrap().len()
        ),
        (&json!(anna.id), 1)
    );
    assert!(
        !line.to_string().contains("anna-") && line["at"].is_string(),
        "{line}"
    );
    assert!(
        Utc::now().timestamp() > 0 && line["actor_id"] != Value::Null,
        "{line}"
    );
}
