//! Response times do not reveal whether an account exists.

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

/// The medians of each round when they differ in every round; `None` when they are alike in one.
fn measurable_difference(
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
            let statuses = turns.map(|(ask, times)| {
                let began = Instant::now();
                let status = ask(round * TRIES + n).status;
                times.push(began.elapsed());
                status
            });
            assert_eq!(statuses[0], statuses[1]);
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
    one: &dyn Fn(usize) -> Answer,
    other: &dyn Fn(usize) -> Answer,
) {
    if let Some(medians) = measurable_difference(one, other) {
        panic!("{what} takes another time: {medians:?}");
    }
}

fn register(client: &Client, email: &str) -> Answer {
    let body =
        json!({"email": email, "password": PASSWORD, "first_name": "Una", "last_name": "Test"});
    client.post("/v1/users/", &body).expect(201)
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
    register(&server.client(), "unverified@test.example");
    let unknown = |n: usize| {
        server
            .log_in(&format!("nobody-{n}@test.example"), PASSWORD)
            .expect(401)
    };
    let wrong = |_| {
        server
            .log_in(&known.email, "five loud lanterns")
            .expect(401)
    };
    assert_same_duration("a wrong password", &wrong, &unknown);
    assert_same_duration(
        "an unverified account",
        &|_| server.log_in("unverified@test.example", PASSWORD),
        &unknown,
    );
    assert_same_duration(
        "a suspended account",
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
    let unknown = |n: usize| {
        harder
            .log_in(&format!("nobody-{n}@test.example"), PASSWORD)
            .expect(401)
    };
    let old = |_| {
        harder
            .log_in(&known.email, "five loud lanterns")
            .expect(401)
    };
    assert_same_duration("a hash of before", &old, &unknown);
}

#[test]
fn registration_time_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.sign_up_member("known");
    let fresh = |n: usize| register(&server.client(), &format!("fresh-{n}@test.example"));
    assert_same_duration(
        "registering",
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
            .expect(202)
    };
    assert_same_duration("asking", &|_| forgot(&known.email), &|n| {
        forgot(&format!("nobody-{n}@test.example"))
    });
}

#[test]
fn verification_mail_request_time_does_not_reveal_accounts() {
    let server = Server::start(&TestDatabase::sqlite());
    register(&server.client(), "unverified@test.example");
    let resend = |email: &str| {
        server
            .client()
            .post("/v1/auth/email/resend", &json!({"email": email}))
            .expect(202)
    };
    assert_same_duration("asking", &|_| resend("unverified@test.example"), &|n| {
        resend(&format!("nobody-{n}@test.example"))
    });
}

#[test]
fn timing_test_detects_one_password_hash() {
    let server = Server::start(&TestDatabase::sqlite());
    let token = "x".repeat(43);
    let hashed = json!({"token": token, "new_password": PASSWORD});
    let with = |_| {
        server
            .client()
            .post("/v1/auth/password/reset", &hashed)
            .expect(422)
    };
    let without = |_| {
        server
            .client()
            .post("/v1/auth/email/verify", &json!({"token": token}))
            .expect(422)
    };
    assert!(measurable_difference(&with, &without).is_some());
}
