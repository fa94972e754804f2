//! Rate limits are shared between servers.

use serde_json::json;
use sojourn_application::access::rate_limits::{LOGINS_TO_FROM, REQUESTS};
use sojourn_application::ports::MAILS_PER_HOUR;
use sojourn_tests::{Answer, Server};

use super::support::cluster::{Cluster, PATIENT};

pub const LIMITED: [(&str, &str); 2] = [
    ("SOJOURN_RATE_LIMITS", "on"),
    ("SOJOURN_TRUSTED_PROXIES", "127.0.0.1"),
];

fn start(more: &[(&str, &str)]) -> Option<Cluster> {
    Cluster::start(&[&LIMITED, more].concat())
}

/// A login with a wrong password from an address.
fn guess(server: &Server, email: &str, from: &str) -> Answer {
    let client = server.client().with_header("x-forwarded-for", from);
    client.post(
        "/v1/auth/login",
        &json!({"email": email, "password": "not the right one"}),
    )
}

/// True if both servers share the login limit of an account.
pub fn are_shared(cluster: &Cluster, email: &str, network: &str) -> bool {
    for n in 0..LOGINS_TO_FROM.limit {
        guess(
            cluster.servers()[usize::try_from(n % 2).unwrap()],
            email,
            network,
        )
        .expect(401);
    }
    cluster
        .servers()
        .iter()
        .all(|server| guess(server, email, network).status == 429)
}

fn refused(answer: &Answer) {
    let answer = answer.clone().expect_problem(429, "rate_limited");
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=LOGINS_TO_FROM.seconds).contains(&wait), "{wait}");
}

/// Remaining requests according to the answer.
fn left(answer: &Answer) -> u32 {
    let said = answer.header("ratelimit").unwrap();
    let (_, rest) = said.split_once("r=").unwrap();
    rest.split(';').next().unwrap().parse().unwrap()
}

#[test]
fn login_limits_are_shared_between_servers() {
    let Some(cluster) = start(&[PATIENT]) else {
        return;
    };
    let email = cluster.one.sign_up_member("ana").email;
    assert!(are_shared(&cluster, &email, "192.0.2.1"));
    for server in cluster.servers() {
        refused(&guess(server, &email, "192.0.2.1"));
        guess(server, &email, "192.0.2.2").expect(401);
    }
}

/// The answer does not reveal that no mail is sent.
#[test]
fn mail_limits_are_shared_between_servers() {
    let Some(cluster) = start(&[PATIENT]) else {
        return;
    };
    let [ana, ben] = ["ana", "ben"].map(|name| cluster.one.sign_up_member(name).email);
    let forgot = |server: &Server, email: &str| {
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": email}))
            .expect(202);
    };
    // The registration took one.
    (1..MAILS_PER_HOUR).for_each(|_| forgot(&cluster.one, &ana));
    let all = usize::try_from(MAILS_PER_HOUR).unwrap();
    cluster.one.mail_after(&ana, all - 1);
    (0..3).for_each(|_| forgot(&cluster.other, &ana));
    forgot(&cluster.other, &ben);
    cluster.one.mail_after(&ben, 1);
    assert_eq!(cluster.one.mails_to(&ana).len(), all);
}

#[test]
fn remaining_requests_are_shared_between_servers() {
    let Some(cluster) = start(&[PATIENT]) else {
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
            &cluster.one
        } else {
            &cluster.other
        };
        let left = left(&ask(server, "192.0.2.1"));
        let least = REQUESTS.limit - taken;
        assert!(
            (least..=least + back(began)).contains(&left),
            "{left} left after {taken}"
        );
    }
    assert_eq!(
        left(&ask(&cluster.one, "192.0.2.2")),
        REQUESTS.limit - 1,
        "another network has its own"
    );
}

#[test]
fn limits_fall_back_to_each_process_while_redis_is_down() {
    let Some(cluster) = start(&[]) else { return };
    let email = cluster.one.sign_up_member("ana").email;
    cluster.redis.kill();
    for server in cluster.servers() {
        for _ in 0..LOGINS_TO_FROM.limit {
            guess(server, &email, "192.0.2.1").expect(401);
        }
        refused(&guess(server, &email, "192.0.2.1"));
    }
    cluster.redis.restart();
    let took = cluster.recovery();
    println!("limits are shared again {took:?} after Redis is back");
    assert!(are_shared(&cluster, &email, "192.0.2.1"));
}
