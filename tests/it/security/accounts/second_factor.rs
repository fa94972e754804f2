//! Second factor: required once enabled, with single-use codes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Member, PASSWORD, Server, TestDatabase, databases};

use crate::security::support::authenticator::{Authenticator, STEP, enrol_second_factor};
use crate::security::support::clock::{concurrently, server_ahead};
use crate::security::support::raw_tables::tables_containing;

fn with_code(server: &Server, member: &Member, password: &str, code: &str) -> Answer {
    let body = json!({"email": member.email, "password": password, "totp": code});
    server.client().post("/v1/auth/login", &body)
}

fn turn_off(member: &Member, code: &str) -> Answer {
    let json = [("content-type", "application/json")];
    member.client.send(
        "DELETE",
        "/v1/auth/totp",
        &json,
        Some(json!({"code": code}).to_string()),
    )
}

/// The code of the next time step, which no server has seen.
fn next(app: &Authenticator) -> String {
    app.code(Utc::now() + TimeDelta::seconds(STEP))
}

#[test]
fn second_factor_is_required_once_confirmed() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("anna");
    let confirm = |code: &str| {
        anna.client
            .post("/v1/auth/totp/confirm", &json!({"code": code}))
    };
    confirm("123456").expect_problem(409, "totp_not_enrolled");
    let replaced = anna.client.post("/v1/auth/totp", &Value::Null).expect(200);
    let enrolled = anna.client.post("/v1/auth/totp", &Value::Null).expect(200);
    let secret = enrolled.at("/secret");
    assert!(
        secret.len() == 32 && secret != replaced.at("/secret"),
        "160 bits: {secret}"
    );
    let link = enrolled.at("/otpauth_url");
    assert!(
        link.starts_with("otpauth://totp/Sojourn:") && link.contains(&format!("secret={secret}")),
        "{link}"
    );
    // An unconfirmed second factor is not required.
    server.log_in(&anna.email, PASSWORD).expect(200);
    confirm(&Authenticator::with(&replaced.at("/secret")).now()).expect(422);
    let app = Authenticator::with(&secret);
    confirm(&app.wrong(Utc::now())).expect(422);
    let codes = confirm(&app.now()).expect(200).json()["recovery_codes"]
        .as_array()
        .unwrap()
        .clone();
    let shapely = |code: &Value| {
        code.as_str()
            .is_some_and(|code| code.len() == 19 && code.matches('-').count() == 3)
    };
    assert!(codes.len() == 10 && codes.iter().all(shapely), "{codes:?}");
    assert!(
        server
            .mail_after(&anna.email, 1)
            .contains("Two-factor authentication was turned on")
    );
    anna.client
        .post("/v1/auth/totp", &Value::Null)
        .expect_problem(409, "totp_already_on");
    confirm(&next(&app)).expect_problem(409, "totp_already_on");
    server
        .log_in(&anna.email, PASSWORD)
        .expect_problem(401, "totp_required");
    with_code(&server, &anna, PASSWORD, &next(&app)).expect(200);
}

#[test]
fn totp_codes_are_single_use_and_require_the_password() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let anna = server.sign_up_member("anna");
    let (app, _) = enrol_second_factor(&anna.client);
    // The code that enabled the second factor is used up.
    with_code(&server, &anna, PASSWORD, &app.now()).expect_problem(401, "totp_invalid");
    let code = next(&app);
    // Without the password the answer does not reveal the second factor.
    server
        .log_in(&anna.email, "five loud lanterns")
        .expect_problem(401, "bad_credentials");
    with_code(&server, &anna, "five loud lanterns", &code).expect_problem(401, "bad_credentials");
    with_code(&server, &anna, PASSWORD, &app.wrong(Utc::now())).expect_problem(401, "totp_invalid");
    with_code(
        &server,
        &anna,
        PASSWORD,
        &format!("{} {}", &code[..3], &code[3..]),
    )
    .expect(200);
    with_code(&server, &anna, PASSWORD, &code).expect_problem(401, "totp_invalid");

    let hour = TimeDelta::hours(1);
    let server = server_ahead(&database, &server, hour);
    let at = |seconds: i64| app.code(Utc::now() + hour + TimeDelta::seconds(seconds));
    for seconds in [-120, -75, 75, 120] {
        with_code(&server, &anna, PASSWORD, &at(seconds)).expect_problem(401, "totp_invalid");
    }
    with_code(&server, &anna, PASSWORD, &at(0)).expect(200);
    // Codes of earlier time steps are invalid after a later one was used.
    with_code(&server, &anna, PASSWORD, &at(-STEP)).expect_problem(401, "totp_invalid");
}

#[test]
fn recovery_codes_are_single_use() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
    let (_, codes) = enrol_second_factor(&anna.client);
    let (_, others) = enrol_second_factor(&ben.client);
    let log_in = |code: &str| with_code(&server, &anna, PASSWORD, code);
    log_in(&others[0]).expect_problem(401, "totp_invalid");
    log_in(&codes[0]).expect(200);
    log_in(&codes[0]).expect_problem(401, "totp_invalid");
    log_in(&codes[1].to_lowercase().replace('-', " ")).expect(200);
    log_in(&codes[1]).expect_problem(401, "totp_invalid");
    log_in(&codes[2][..14]).expect_problem(401, "totp_invalid");
    log_in("").expect(401);
}

#[test]
fn concurrent_logins_with_one_code_succeed_once() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let (app, codes) = enrol_second_factor(&anna.client);
        for code in [next(&app), codes[0].clone(), codes[1].clone()] {
            let answers = concurrently(8, || with_code(&server, &anna, PASSWORD, &code));
            let count = |status: u16| {
                answers
                    .iter()
                    .filter(|answer| answer.status == status)
                    .count()
            };
            assert_eq!(
                (count(200), count(401)),
                (1, 7),
                "{answers:#?} on {}",
                database.name
            );
        }
    }
}

#[test]
fn disabling_the_second_factor_requires_a_code() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("anna");
    turn_off(&anna, "123456").expect_problem(409, "totp_not_on");
    let (app, codes) = enrol_second_factor(&anna.client);
    server.mail_after(&anna.email, 1);
    turn_off(&anna, &app.wrong(Utc::now())).expect(422);
    // The code that enabled the second factor is used up.
    turn_off(&anna, &app.now()).expect(422);
    server
        .log_in(&anna.email, PASSWORD)
        .expect_problem(401, "totp_required");
    turn_off(&anna, &codes[0]).expect(204);
    server.log_in(&anna.email, PASSWORD).expect(200);
    assert!(
        server
            .mail_after(&anna.email, 2)
            .contains("Two-factor authentication was turned off")
    );
    // Enabling it again creates another secret and other codes.
    let (_, fresh) = enrol_second_factor(&anna.client);
    with_code(&server, &anna, PASSWORD, &codes[1]).expect_problem(401, "totp_invalid");
    with_code(&server, &anna, PASSWORD, &fresh[0]).expect(200);
}

#[test]
fn password_reset_does_not_bypass_the_second_factor() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("anna");
    let (app, _) = enrol_second_factor(&anna.client);
    server.mail_after(&anna.email, 1);
    server
        .client()
        .post("/v1/auth/password/forgot", &json!({"email": anna.email}))
        .expect(202);
    let body = json!({"token": server.mailed_token(&anna.email, 2), "new_password": "six more quiet lanterns"});
    server
        .client()
        .post("/v1/auth/password/reset", &body)
        .expect(204);
    server
        .log_in(&anna.email, "six more quiet lanterns")
        .expect_problem(401, "totp_required");
    with_code(&server, &anna, "six more quiet lanterns", &next(&app)).expect(200);
}

#[test]
fn totp_secrets_are_encrypted_in_the_database() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let secret = anna
            .client
            .post("/v1/auth/totp", &Value::Null)
            .expect(200)
            .at("/secret");
        let app = Authenticator::with(&secret);
        let codes = anna
            .client
            .post("/v1/auth/totp/confirm", &json!({"code": app.now()}))
            .expect(200);
        let code = codes.at("/recovery_codes/0");
        let hex: String = app.key().iter().map(|byte| format!("{byte:02x}")).collect();
        for text in [
            &secret,
            &hex,
            &URL_SAFE_NO_PAD.encode(app.key()),
            &code,
            &code.replace('-', ""),
        ] {
            assert_eq!(
                tables_containing(&database, text),
                [] as [&str; 0],
                "{}",
                database.name
            );
        }
    }
}

#[test]
fn a_second_factor_and_erasure_require_the_password_or_a_recent_login() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let anna = server.sign_up_member("anna");
    let later = server_ahead(&database, &server, TimeDelta::minutes(6));
    let client = anna.client.at(&later.url);
    let json = [("content-type", "application/json")];
    let send = |method: &str, path: &str, body: &Value| {
        client.send(method, path, &json, Some(body.to_string()))
    };
    let password = |password: &str| json!({"password": password});
    for (method, path) in [("POST", "/v1/auth/totp"), ("DELETE", "/v1/users/me")] {
        client
            .send(method, path, &[], None)
            .expect_problem(403, "password_required");
        let wrong = send(method, path, &password("none of my passwords"));
        assert!(
            wrong.expect(422).text.contains("wrong_password"),
            "{method} {path}"
        );
    }
    let secret = send("POST", "/v1/auth/totp", &password(PASSWORD))
        .expect(200)
        .at("/secret");
    let app = Authenticator::with(&secret);
    let at = Utc::now() + TimeDelta::minutes(6);
    let codes = client
        .post("/v1/auth/totp/confirm", &json!({"code": app.code(at)}))
        .expect(200);
    let code = codes.at("/recovery_codes/0");
    send("DELETE", "/v1/auth/totp", &json!({"code": code}))
        .expect_problem(403, "password_required");
    let both = json!({"code": code, "password": PASSWORD});
    send("DELETE", "/v1/auth/totp", &both).expect(204);
    // A login is proof as well, for five minutes.
    let fresh = later.log_in_as(&anna.email, PASSWORD);
    fresh.client.post("/v1/auth/totp", &Value::Null).expect(200);
    send("DELETE", "/v1/users/me", &password(PASSWORD)).expect(204);
}

#[test]
fn wrong_codes_are_notified_and_block_the_second_factor_until_a_reset() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let (app, codes) = enrol_second_factor(&anna.client);
        let wrong = app.wrong(Utc::now());
        for _ in 0..4 {
            with_code(&server, &anna, PASSWORD, &wrong).expect_problem(401, "totp_invalid");
        }
        // An accepted code starts the count again.
        with_code(&server, &anna, PASSWORD, &codes[0]).expect(200);
        for _ in 0..100 {
            with_code(&server, &anna, PASSWORD, &wrong).expect_problem(401, "totp_invalid");
        }
        let notified = server.mail_about(&anna.email, "Wrong codes were entered", 0);
        assert!(notified.contains("your password is known"), "{notified}");
        for code in [&next(&app), &codes[1], &wrong] {
            with_code(&server, &anna, PASSWORD, code).expect_problem(401, "totp_blocked");
        }
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": anna.email}))
            .expect(202);
        let token = server.token_about(&anna.email, "Reset your password", 0);
        let reset = json!({"token": token, "new_password": "six more quiet lanterns"});
        server
            .client()
            .post("/v1/auth/password/reset", &reset)
            .expect(204);
        with_code(&server, &anna, "six more quiet lanterns", &codes[1]).expect(200);
    }
}

#[test]
fn a_reset_removes_a_second_factor_from_before_the_address_was_proved() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        enrol_second_factor(&anna.client);
        let theirs = format!("owner-{}", anna.email);
        server
            .operator()
            .patch(
                &format!("/v1/admin/users/{}", anna.id),
                &json!({"email": theirs}),
            )
            .expect(200);
        let token = server.token_about(&theirs, "Reset your password", 0);
        let reset = json!({"token": token, "new_password": "six more quiet lanterns"});
        server
            .client()
            .post("/v1/auth/password/reset", &reset)
            .expect(204);
        server
            .log_in(&theirs, "six more quiet lanterns")
            .expect(200);
    }
}
