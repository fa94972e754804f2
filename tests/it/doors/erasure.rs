//! An account that is erased leaves nothing behind that names its owner; what others share with it stays.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Member, PASSWORD, Server, TestDatabase, databases};

use super::authenticator::turned_on;
use super::later::later;
use super::lettings::{act, cabin, paid, stay, stayed};
use super::tables::{dump, sha256, traces};

const PHONE: &str = "+12025550143";

/// Somebody with rare names, a telephone, a second factor, two sessions, and a link that was mailed and not used.
fn wilhelmina(server: &Server) -> (Member, String) {
    let email = format!(
        "wilhelmina-{}@test.example",
        sojourn_tests::new_id().simple()
    );
    let body = json!({
        "email": email, "password": PASSWORD, "first_name": "Wilhelmina", "last_name": "Featherstone", "phone": PHONE,
    });
    // The answer to a key is kept for a day.
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
    turned_on(&member.client);
    server.mail_after(&email, 1);
    server
        .client()
        .post("/v1/auth/password/forgot", &json!({"email": email}))
        .expect(202);
    let token = server.mailed_token(&email, 2);
    (member, token)
}

/// Fails unless nothing that names her stands in any table.
fn forgotten(database: &TestDatabase, her: &Member) {
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
            traces(database, name),
            [] as [&str; 0],
            "{name} on {}",
            database.name
        );
    }
}

/// The rows that others share with her: she stands in them with her id alone.
fn shared(database: &TestDatabase) -> Vec<(String, Vec<String>)> {
    let kept = [
        "bookings",
        "payments",
        "payment_entries",
        "journal",
        "payouts",
        "reviews",
    ];
    dump(database)
        .into_iter()
        .filter(|(table, _)| kept.contains(&table.as_str()))
        .collect()
}

fn sound(server: &Server) {
    let report = server.examine();
    assert!(
        report.findings.is_empty() && report.audit.broken_at.is_none(),
        "{report:?}"
    );
}

fn erase(who: &Client) -> sojourn_tests::Answer {
    who.delete("/v1/users/me")
}

#[test]
fn a_guest_is_forgotten_and_their_bookings_stay() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.join_as("host");
        let (her, link) = wilhelmina(&server);
        let over = stayed(&her.client, &cabin(&host.client, "instant"));
        let on_request = cabin(&host.client, "request");
        let asked = paid(&her.client, &on_request, 40, 43);
        // The host's answer shows whom they accepted, and is kept for a day as well.
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
        server.settle(Duration::from_secs(20));
        let before = shared(&database);
        assert!(
            before.iter().all(|(_, rows)| !rows.is_empty()) && before.len() == 6,
            "{before:?}"
        );

        assert_eq!(
            traces(&database, "wilhelmina"),
            ["idempotency_keys", "users"],
            "{}",
            database.name
        );
        assert_eq!(
            traces(&database, "telephone"),
            ["sessions"],
            "{}",
            database.name
        );

        erase(&her.client).expect(204);
        forgotten(&database, &her);
        assert_eq!(shared(&database), before, "{}", database.name);
        sound(&server);
        // Nobody gets in.
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
        assert_eq!(traces(&database, &sha256(&link)), [] as [&str; 0]);
        let reset = json!({"token": link, "new_password": "six more quiet lanterns"});
        server
            .client()
            .post("/v1/auth/password/reset", &reset)
            .expect_problem(422, "token_invalid");
        // Others see that somebody was there.
        server
            .client()
            .get(&format!("/v1/users/{}", her.id))
            .expect_problem(404, "not_found");
        let seen = host.client.get(&format!("/v1/bookings/{over}")).expect(200);
        assert_eq!(
            (seen.at("/guest_id"), seen.at("/status").as_str()),
            (her.id.clone(), "completed")
        );
        assert!(
            !seen.text.contains("Wilhelmina") && !seen.text.contains(PHONE),
            "{}",
            seen.text
        );
        // The address is free for whoever has it.
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
fn a_host_is_forgotten_when_everybody_has_left_and_all_is_paid_out() {
    for database in databases() {
        let server = Server::start(&database);
        let (her, _) = wilhelmina(&server);
        let guest = server.join_as("guest");
        let property = cabin(&her.client, "instant");
        let (over, ahead) = (
            stayed(&guest.client, &property),
            paid(&guest.client, &property, 40, 43),
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

        let days = later(&database, &server, TimeDelta::days(3));
        days.settle(Duration::from_secs(30));
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
        forgotten(&database, &her);
        sound(&days);
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
            .post("/v1/bookings/", &stay(&property, 50, 53))
            .expect(404);
    }
}

#[test]
fn accounts_are_erased_by_their_owner_or_an_operator_at_the_version_that_they_saw() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben, operator) = (
        server.join_as("anna"),
        server.join_as("ben"),
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
    // The log says who did it, and names nobody.
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
