//! Nobody learns at the door whether there is an account: it takes as long.

use std::time::{Duration, Instant};

use serde_json::json;
use sojourn_tests::{Answer, Client, PASSWORD, Server, Start, TestDatabase};

/// How often each is tried, in turns.
const TRIES: usize = 15;
/// A machine that is busy with something else may get so many more chances; a difference that is there shows in all.
const ROUNDS: usize = 6;
/// What two medians may differ by: so much, or a quarter.
const SMALL: Duration = Duration::from_millis(5);

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The medians of two, by round, when they are apart in every round; nothing when they are alike in one.
fn apart(
    one: &dyn Fn(usize) -> Answer,
    other: &dyn Fn(usize) -> Answer,
) -> Option<Vec<(Duration, Duration)>> {
    let mut seen = Vec::new();
    for round in 0..ROUNDS {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for n in 0..TRIES {
            // In no steady order: what else the machine does at intervals falls on both.
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

/// Fails when one takes longer than the other.
fn as_long(what: &str, one: &dyn Fn(usize) -> Answer, other: &dyn Fn(usize) -> Answer) {
    if let Some(medians) = apart(one, other) {
        panic!("{what} takes another time: {medians:?}");
    }
}

fn register(client: &Client, email: &str) -> Answer {
    let body =
        json!({"email": email, "password": PASSWORD, "first_name": "Una", "last_name": "Test"});
    client.post("/v1/users/", &body).expect(201)
}

#[test]
fn a_login_takes_as_long_whoever_asks() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (known, operator) = (server.join_as("known"), server.operator());
    let suspended = server.join_as("suspended");
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
    as_long("a wrong password", &wrong, &unknown);
    as_long(
        "an unverified account",
        &|_| server.log_in("unverified@test.example", PASSWORD),
        &unknown,
    );
    as_long(
        "a suspended account",
        &|_| server.log_in(&suspended.email, PASSWORD),
        &unknown,
    );

    // A hash of before takes less work by itself.
    let variables = [("SOJOURN_PASSWORD_WORK", "m=19456,t=5,p=1")];
    let harder = Server::with(
        &database,
        Start {
            variables: &variables,
            ..Start::default()
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
    as_long("a hash of before", &old, &unknown);
}

#[test]
fn a_registration_takes_as_long_for_a_known_address() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.join_as("known");
    let fresh = |n: usize| register(&server.client(), &format!("fresh-{n}@test.example"));
    as_long(
        "registering",
        &|_| register(&server.client(), &known.email),
        &fresh,
    );
}

#[test]
fn asking_for_a_new_password_takes_as_long() {
    let server = Server::start(&TestDatabase::sqlite());
    let known = server.join_as("known");
    let forgot = |email: &str| {
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": email}))
            .expect(202)
    };
    as_long("asking", &|_| forgot(&known.email), &|n| {
        forgot(&format!("nobody-{n}@test.example"))
    });
}

#[test]
fn a_hash_more_or_less_would_be_seen() {
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
    assert!(apart(&with, &without).is_some());
}
