//! The second factor: asked for when it is on, and no code is good twice.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Member, PASSWORD, Server, TestDatabase, databases};

use super::authenticator::{Authenticator, STEP, turned_on};
use super::later::{at_once, later};
use super::tables::traces;

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

/// The code that an app shows half a minute from now: no server has seen it.
fn next(app: &Authenticator) -> String {
    app.code(Utc::now() + TimeDelta::seconds(STEP))
}

#[test]
fn it_is_asked_for_once_a_code_confirmed_it() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.join_as("anna");
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
    // Not confirmed, it keeps nobody out.
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
            .contains("A second factor was turned on")
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
fn a_code_is_good_once_and_for_a_minute_and_says_nothing_without_the_password() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let anna = server.join_as("anna");
    let (app, _) = turned_on(&anna.client);
    // The code that turned it on is used.
    with_code(&server, &anna, PASSWORD, &app.now()).expect_problem(401, "totp_invalid");
    let code = next(&app);
    // Without the password nobody learns that there is a second factor.
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
    let server = later(&database, &server, hour);
    let at = |seconds: i64| app.code(Utc::now() + hour + TimeDelta::seconds(seconds));
    for seconds in [-120, -75, 75, 120] {
        with_code(&server, &anna, PASSWORD, &at(seconds)).expect_problem(401, "totp_invalid");
    }
    with_code(&server, &anna, PASSWORD, &at(0)).expect(200);
    // One of before is not good any more, now that a later one was used.
    with_code(&server, &anna, PASSWORD, &at(-STEP)).expect_problem(401, "totp_invalid");
}

#[test]
fn a_recovery_code_is_good_once() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben) = (server.join_as("anna"), server.join_as("ben"));
    let (_, codes) = turned_on(&anna.client);
    let (_, others) = turned_on(&ben.client);
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
fn of_many_who_log_in_with_one_code_at_once_one_is_let_in() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.join_as("anna");
        let (app, codes) = turned_on(&anna.client);
        for code in [next(&app), codes[0].clone(), codes[1].clone()] {
            let answers = at_once(8, || with_code(&server, &anna, PASSWORD, &code));
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
fn it_is_turned_off_with_a_code_alone() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.join_as("anna");
    turn_off(&anna, "123456").expect_problem(409, "totp_not_on");
    let (app, codes) = turned_on(&anna.client);
    server.mail_after(&anna.email, 1);
    turn_off(&anna, &app.wrong(Utc::now())).expect(422);
    // The code that turned it on is used up.
    turn_off(&anna, &app.now()).expect(422);
    server
        .log_in(&anna.email, PASSWORD)
        .expect_problem(401, "totp_required");
    turn_off(&anna, &codes[0]).expect(204);
    server.log_in(&anna.email, PASSWORD).expect(200);
    assert!(
        server
            .mail_after(&anna.email, 2)
            .contains("Your second factor was turned off")
    );
    // On again, it has another secret and other codes.
    let (_, fresh) = turned_on(&anna.client);
    with_code(&server, &anna, PASSWORD, &codes[1]).expect_problem(401, "totp_invalid");
    with_code(&server, &anna, PASSWORD, &fresh[0]).expect(200);
}

#[test]
fn a_new_password_by_mail_does_not_get_past_it() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.join_as("anna");
    let (app, _) = turned_on(&anna.client);
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
fn a_copy_of_the_database_has_no_second_factor() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.join_as("anna");
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
                traces(&database, text),
                [] as [&str; 0],
                "{}",
                database.name
            );
        }
    }
}
