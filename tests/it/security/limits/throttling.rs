//! Limits for guessing secrets.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, PASSWORD, Server, ServerOptions, TestDatabase, databases};

const WRONG: &str = "five loud lanterns";

/// A server with rate limits, behind a trusted proxy.
pub fn limited(database: &TestDatabase) -> Server {
    limited_in(database, None)
}

/// The same in a folder that outlives it.
fn limited_in(database: &TestDatabase, folder: Option<&Path>) -> Server {
    let variables = [
        ("SOJOURN_RATE_LIMITS", "on"),
        ("SOJOURN_TRUSTED_PROXIES", "127.0.0.1"),
    ];
    Server::with(
        database,
        ServerOptions {
            folder,
            variables: &variables,
            ..ServerOptions::default()
        },
    )
}

/// A client at another address.
pub fn from(server: &Server, address: &str) -> Client {
    server.client().with_header("x-forwarded-for", address)
}

/// Tries to log in.
pub fn log_in(client: &Client, email: &str, password: &str) -> Answer {
    client.post(
        "/v1/auth/login",
        &json!({"email": email, "password": password}),
    )
}

/// Fails unless requests are throttled after so many times, or a few more on a slow machine.
fn throttled_after(times: usize, ask: impl Fn(usize) -> Answer) {
    let status = ask(0).status;
    for n in 1..times + times / 5 + 2 {
        let answer = ask(n);
        if answer.status == 429 {
            assert!(n >= times, "throttled after {n} of {times}");
            let again: u32 = answer
                .clone()
                .expect_problem(429, "rate_limited")
                .header("retry-after")
                .unwrap()
                .parse()
                .unwrap();
            assert!((1..=3600).contains(&again), "{again}");
            return;
        }
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    panic!("not throttled after {times}");
}

#[test]
fn logins_are_limited_per_account_and_network() {
    let server = limited(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    for (email, network) in [
        (known.email.as_str(), "203.0.113.1"),
        ("nobody@test.example", "203.0.113.2"),
    ] {
        let guesser = from(&server, network);
        throttled_after(10, |_| log_in(&guesser, email, WRONG));
        // The right password is throttled as well; other accounts and networks are not.
        log_in(&guesser, email, PASSWORD).expect_problem(429, "rate_limited");
        log_in(&guesser, "other@test.example", WRONG).expect_problem(401, "bad_credentials");
        log_in(&from(&server, "203.0.113.9"), email, WRONG).expect_problem(401, "bad_credentials");
    }
    log_in(&from(&server, "203.0.113.9"), &known.email, PASSWORD).expect(200);
}

#[test]
fn logins_are_limited_per_network() {
    let server = limited(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    // An IPv6 /64 network counts as one.
    let addresses = |n: usize| format!("2001:db8:7:1:{n:x}::{n:x}");
    throttled_after(60, |n| {
        log_in(
            &from(&server, &addresses(n)),
            &format!("nobody-{n}@test.example"),
            WRONG,
        )
    });
    log_in(&from(&server, &addresses(999)), &known.email, PASSWORD)
        .expect_problem(429, "rate_limited");
    log_in(&from(&server, "2001:db8:7:2::1"), &known.email, PASSWORD).expect(200);
}

#[test]
fn registrations_and_password_resets_are_limited_per_network() {
    let server = limited(&TestDatabase::sqlite());
    let register = |client: &Client, n: usize| {
        let email = format!("member-{n}@test.example");
        client.post(
            "/v1/users/",
            &json!({"email": email, "password": PASSWORD, "first_name": "M", "last_name": "T"}),
        )
    };
    let client = from(&server, "203.0.113.1");
    throttled_after(60, |n| register(&client, n));
    register(&from(&server, "203.0.113.2"), 999).expect(201);

    let forgot = |client: &Client, email: &str| {
        client.post("/v1/auth/password/forgot", &json!({"email": email}))
    };
    throttled_after(30, |n| forgot(&client, &format!("member-{n}@test.example")));
    forgot(&from(&server, "203.0.113.2"), "member-1@test.example").expect(202);
}

#[test]
fn mails_to_one_address_are_limited() {
    for database in databases() {
        let server = limited(&database);
        let known = server.sign_up_member("known").email;
        let unproved = "unproved@test.example".to_owned();
        let ask = |server: &Server, n: u32, email: &str| {
            let network = from(server, &format!("203.0.113.{n}"));
            let body = json!({"email": email, "password": PASSWORD, "first_name": "Ana", "last_name": "Ruiz"});
            let mut registered = network.post("/v1/users/", &body).expect(201).json();
            for changing in ["id", "created_at", "updated_at"] {
                registered[changing] = json!(null);
            }
            let forgot = json!({"email": email});
            let forgot = network
                .post("/v1/auth/password/forgot", &forgot)
                .expect(202);
            (registered, forgot.text)
        };
        for email in [&known, &unproved] {
            let answers: Vec<_> = (1..=6).map(|n| ask(&server, n, email)).collect();
            assert!(
                answers.iter().all(|answer| *answer == answers[0]),
                "{answers:#?}"
            );
        }
        // Another server forgets nothing, and one address does not use up the mails of another.
        let restarted = limited_in(&database, Some(&server.folder));
        for email in [&known, &unproved] {
            ask(&restarted, 7, email);
        }
        let other = restarted.sign_up_member("other").email;
        let deadline = Instant::now() + Duration::from_secs(20);
        while restarted.mails_to(&known).len() < 5 && Instant::now() < deadline {
            sleep(Duration::from_millis(50));
        }
        sleep(Duration::from_secs(2));
        assert_eq!(restarted.mails_to(&known).len(), 5, "{}", database.name);
        // A reset of a password is mailed to proved addresses only.
        let unproved = restarted.mails_to(&unproved).len();
        assert!(
            (1..=5).contains(&unproved),
            "{unproved} on {}",
            database.name
        );
        assert_eq!(restarted.mails_to(&other).len(), 1);
    }
}

#[test]
fn token_and_code_guesses_are_limited() {
    let server = limited(&TestDatabase::sqlite());
    let guesser = from(&server, "203.0.113.1");
    let token = |n: usize| json!({"token": format!("{n:043}")});
    throttled_after(60, |n| guesser.post("/v1/auth/email/verify", &token(n)));
    let reset = json!({"token": "x".repeat(43), "new_password": "six more quiet lanterns"});
    guesser
        .post("/v1/auth/password/reset", &reset)
        .expect_problem(429, "rate_limited");
    from(&server, "203.0.113.2")
        .post("/v1/auth/password/reset", &reset)
        .expect_problem(422, "token_invalid");

    let (anna, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
    let change = json!({"current_password": WRONG, "new_password": "six more quiet lanterns"});
    throttled_after(10, |n| {
        let network = format!("203.0.113.{n}");
        anna.client
            .with_header("x-forwarded-for", network)
            .post("/v1/auth/password/change", &change)
    });
    // Codes count with passwords, as both can be guessed within a session.
    anna.client.post("/v1/auth/totp", &Value::Null).expect(200);
    let code = json!({"code": "000000"});
    anna.client
        .post("/v1/auth/totp/confirm", &code)
        .expect_problem(429, "rate_limited");
    ben.client.post("/v1/auth/totp", &Value::Null).expect(200);
    throttled_after(10, |_| ben.client.post("/v1/auth/totp/confirm", &code));
    throttled_after(5, |_| ben.client.get("/v1/users/me/export"));
}

#[test]
fn kept_answers_are_limited_per_account_and_network() {
    let server = limited(&TestDatabase::sqlite());
    let (anna, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
    let ask = |client: &Client, n: usize| {
        let path = format!("/v1/properties/{}/publish", uuid::Uuid::nil());
        let key = [("idempotency-key", n.to_string())];
        let key: Vec<_> = key
            .iter()
            .map(|(name, key)| (*name, key.as_str()))
            .collect();
        client.send("POST", &path, &key, None)
    };
    throttled_after(600, |n| ask(&anna.client, n));
    ask(&ben.client, 1).expect(404);
}
