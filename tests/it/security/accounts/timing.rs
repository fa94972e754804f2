//! Response times do not reveal whether an account exists.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;
use sojourn_tests::{Answer, Client, PASSWORD, Server, ServerOptions, TestDatabase};

/// Samples of each request per round, alternating.
const TRIES: usize = 15;
/// Rounds for a busy machine; a real difference shows in every round.
const ROUNDS: usize = 6;
/// Permitted difference of two medians; a quarter is permitted as well.
const SMALL: Duration = Duration::from_millis(5);

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Duration of a request that is answered with this status. A server that says that it is too busy is asked again.
fn duration(status: u16, ask: impl Fn() -> Answer) -> Duration {
    for _ in 0..5 {
        let began = Instant::now();
        let answer = ask();
        if answer.status != 503 {
            answer.expect(status);
            return began.elapsed();
        }
        sleep(Duration::from_millis(300));
    }
    panic!("the server was busy five times");
}

/// The medians of each round when they differ in every round; `None` when they are alike in one.
fn measurable_difference(
    status: u16,
    one: &dyn Fn(usize) -> Answer,
    other: &dyn Fn(usize) -> Answer,
) -> Option<Vec<(Duration, Duration)>> {
    let mut seen = Vec::new();
    for round in 0..ROUNDS {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for n in 0..TRIES {
            // In irregular order, so that periodic load affects both.
            let swapped = n.count_ones() % 2 == 1;
            let turns = if swapped {
                [(other, &mut second), (one, &mut first)]
            } else {
                [(one, &mut first), (other, &mut second)]
            };
            for (ask, times) in turns {
                times.push(duration(status, || ask(round * TRIES + n)));
            }
        }
        let (first, second) = (median(first), median(second));
        let difference = first.abs_diff(second);
        if difference < SMALL || difference * 4 < first.max(second) {
            return None;
        }
        seen.push((first, second));
    }
    Some(seen)
}

/// Fails when the durations differ measurably.
fn assert_same_duration(
    what: &str,
    status: u16,
    one: &dyn Fn(usize) -> Answer,
    other: &dyn Fn(usize) -> Answer,
) {
    if let Some(medians) = measurable_difference(status, one, other) {
        panic!("{what} takes another time: {medians:?}");
    }
}

fn register(client: &Client, email: &str) -> Answer {
    let body =
        json!({"email": email, "password": PASSWORD, "first_name": "Una", "last_name": "Test"});
    client.post("/v1/users/", &body)
}

#[test]
fn login_time_does_not_reveal_accounts() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (known, operator) = (server.sign_up_member("known"), server.operator());
    let suspended = server.sign_up_member("suspended");
    operator
        .post(
            &format!("/v1/admin/users/{}/suspend", suspended.id),
            &json!({"reason": "a test"}),
        )
        .expect(200);
    register(&server.client(), "unverified@test.example").expect(201);
    let unknown = |n: usize| server.log_in(&format!("nobody-{n}@test.example"), PASSWORD);
    let wrong = |_| server.log_in(&known.email, "five loud lanterns");
    assert_same_duration("a wrong password", 401, &wrong, &unknown);
    assert_same_duration(
        "an unverified account",
        401,
        &|_| server.log_in("unverified@test.example", PASSWORD),
        &unknown,
    );
    assert_same_duration(
        "a suspended account",
        401,
        &|_| server.log_in(&suspended.email, PASSWORD),
        &unknown,
    );

    // A hash with older parameters takes less time by itself.
    let variables = [("SOJOURN_ARGON2_PARAMS", "m=19456,t=5,p=1")];
    let harder = Server::with(
        &database,
        ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        },
    );
    let unknown = |n: usize| harder.log_in(&format!("nobody-{n}@test.example"), PASSWORD);
    let old = |_| harder.log_in(&known.email, "five loud lanterns");
    assert_same_duration("a hash of before", 401, &old, &unknown);
}

#[test]
fn registration_time_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    let fresh = |n: usize| register(&server.client(), &format!("fresh-{n}@test.example"));
    assert_same_duration(
        "registering",
        201,
        &|_| register(&server.client(), &known.email),
        &fresh,
    );
}

#[test]
fn password_reset_request_time_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    let forgot = |email: &str| {
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": email}))
    };
    assert_same_duration("asking", 202, &|_| forgot(&known.email), &|n| {
        forgot(&format!("nobody-{n}@test.example"))
    });
}

#[test]
fn verification_mail_request_time_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    register(&server.client(), "unverified@test.example").expect(201);
    let resend = |email: &str| {
        server
            .client()
            .post("/v1/auth/email/resend", &json!({"email": email}))
    };
    assert_same_duration(
        "asking",
        202,
        &|_| resend("unverified@test.example"),
        &|n| resend(&format!("nobody-{n}@test.example")),
    );
}

#[test]
fn timing_test_detects_one_password_hash() {
    let server = Server::start(&TestDatabase::sqlite());
    let token = "x".repeat(43);
    let hashed = json!({"token": token, "new_password": PASSWORD});
    let with = |_| server.client().post("/v1/auth/password/reset", &hashed);
    let without = |_| {
        server
            .client()
            .post("/v1/auth/email/verify", &json!({"token": token}))
    };
    assert!(measurable_difference(422, &with, &without).is_some());
}
