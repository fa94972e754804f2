//! What is taken of a quota on one server is taken on the other.

use serde_json::json;
use sojourn_application::quotas::{FORGOTTEN_TO, LOGINS_TO_FROM, REQUESTS};
use sojourn_tests::{Answer, Server};

use super::pair::{PATIENT, Pair};

pub const LIMITED: [(&str, &str); 2] = [
    ("SOJOURN_RATE_LIMITS", "on"),
    ("SOJOURN_TRUSTED_PROXIES", "127.0.0.1"),
];

fn start(more: &[(&str, &str)]) -> Option<Pair> {
    Pair::start(&[&LIMITED, more].concat())
}

/// Guesses a password from a network.
fn guess(server: &Server, email: &str, from: &str) -> Answer {
    let client = server.client().with_header("x-forwarded-for", from);
    client.post(
        "/v1/auth/login",
        &json!({"email": email, "password": "not the right one"}),
    )
}

/// Whether guesses at the password of an account are counted by both servers together.
pub fn are_shared(pair: &Pair, email: &str) -> bool {
    for n in 0..LOGINS_TO_FROM.limit {
        guess(
            pair.servers()[usize::try_from(n % 2).unwrap()],
            email,
            "192.0.2.1",
        )
        .expect(401);
    }
    pair.servers()
        .iter()
        .all(|server| guess(server, email, "192.0.2.1").status == 429)
}

fn refused(answer: &Answer) {
    let answer = answer.clone().expect_problem(429, "rate_limited");
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=LOGINS_TO_FROM.seconds).contains(&wait), "{wait}");
}

/// What is left of all requests, as an answer says it.
fn left(answer: &Answer) -> u32 {
    let said = answer.header("ratelimit").unwrap();
    let (_, rest) = said.split_once("r=").unwrap();
    rest.split(';').next().unwrap().parse().unwrap()
}

#[test]
fn passwords_guessed_on_one_server_are_counted_by_the_other() {
    let Some(pair) = start(&[PATIENT]) else {
        return;
    };
    let email = pair.one.join_as("ana").email;
    assert!(are_shared(&pair, &email));
    for server in pair.servers() {
        refused(&guess(server, &email, "192.0.2.1"));
        guess(server, &email, "192.0.2.2").expect(401);
    }
}

/// Nobody is told that no mail is sent.
#[test]
fn mails_asked_for_on_one_server_are_counted_by_the_other() {
    let Some(pair) = start(&[PATIENT]) else {
        return;
    };
    let [ana, ben] = ["ana", "ben"].map(|name| pair.one.join_as(name).email);
    let forgot = |server: &Server, email: &str| {
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": email}))
            .expect(202);
    };
    (0..FORGOTTEN_TO.limit).for_each(|_| forgot(&pair.one, &ana));
    let all = 1 + usize::try_from(FORGOTTEN_TO.limit).unwrap();
    pair.one.mail_after(&ana, all - 1);
    (0..3).for_each(|_| forgot(&pair.other, &ana));
    forgot(&pair.other, &ben);
    pair.one.mail_after(&ben, 1);
    assert_eq!(pair.one.mails_to(&ana).len(), all);
}

#[test]
fn what_is_left_of_all_requests_is_the_same_on_both() {
    let Some(pair) = start(&[PATIENT]) else {
        return;
    };
    let ask = |server: &Server, from: &str| {
        server
            .client()
            .with_header("x-forwarded-for", from)
            .get("/v1/properties/")
            .expect(200)
    };
    let back = |began: std::time::Instant| {
        let passed =
            began.elapsed().as_secs_f64() * f64::from(REQUESTS.limit) / f64::from(REQUESTS.seconds);
        passed.ceil() as u32 + 1
    };
    let began = std::time::Instant::now();
    for taken in 1..=40 {
        let server = if taken % 2 == 0 {
            &pair.one
        } else {
            &pair.other
        };
        let left = left(&ask(server, "192.0.2.1"));
        let least = REQUESTS.limit - taken;
        assert!(
            (least..=least + back(began)).contains(&left),
            "{left} left after {taken}"
        );
    }
    assert_eq!(
        left(&ask(&pair.one, "192.0.2.2")),
        REQUESTS.limit - 1,
        "another network has its own"
    );
}

#[test]
fn without_redis_each_server_counts_for_itself_and_together_again_when_it_is_back() {
    let Some(pair) = start(&[]) else { return };
    let email = pair.one.join_as("ana").email;
    pair.redis.kill();
    for server in pair.servers() {
        for _ in 0..LOGINS_TO_FROM.limit {
            guess(server, &email, "192.0.2.1").expect(401);
        }
        refused(&guess(server, &email, "192.0.2.1"));
    }
    pair.redis.restart();
    let took = pair.recovery();
    println!("limits are shared again {took:?} after Redis is back");
    assert!(are_shared(&pair, &email));
}
