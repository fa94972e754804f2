//! Rate limits, and the client address for which they count.

use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::json;
use sojourn_tests::{Answer, Client, Server, ServerOptions, TestClock, TestDatabase, databases};

use crate::security::support::fixtures::{booking_body, create_listing};

const LIMITED: (&str, &str) = ("SOJOURN_RATE_LIMITS", "on");
const BEHIND_A_PROXY: [(&str, &str); 2] = [LIMITED, ("SOJOURN_TRUSTED_PROXIES", "127.0.0.1")];

/// Logins permitted per network and account in five minutes.
const LOGINS: u32 = 10;

fn limited(database: &TestDatabase, variables: &[(&str, &str)]) -> Server {
    Server::with(
        database,
        ServerOptions {
            variables,
            ..ServerOptions::default()
        },
    )
}

/// A failed login with a `X-Forwarded-For` header.
fn guess(server: &Server, email: &str, forwarded_for: &str) -> Answer {
    let client = server
        .client()
        .with_header("x-forwarded-for", forwarded_for);
    client.post(
        "/v1/auth/login",
        &json!({"email": email, "password": "none of my passwords"}),
    )
}

/// Addresses of refused logins in the audit log, newest first.
fn login_addresses(operator: &Client) -> Vec<String> {
    let log = operator
        .get("/v1/admin/audit-log?action=login_refused&limit=100")
        .expect(200)
        .json();
    let query_text = log["data"].as_array().unwrap();
    query_text
        .iter()
        .map(|line| line["address"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn forged_forwarded_for_is_ignored() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &[LIMITED]);
    for n in 0..LOGINS {
        guess(&server, "zoe@test.example", &format!("203.0.113.{n}"))
            .expect_problem(401, "bad_credentials");
    }
    let refused =
        guess(&server, "zoe@test.example", "198.51.100.1").expect_problem(429, "rate_limited");
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    guess(&server, "ann@test.example", "203.0.113.1").expect_problem(401, "bad_credentials");
    let addresses = login_addresses(&server.operator());
    assert_eq!(addresses, vec!["127.0.0.1"; LOGINS as usize + 1]);
}

#[test]
fn client_address_is_the_last_untrusted_hop() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &BEHIND_A_PROXY);
    // The client's own value stands to the left of the proxy's.
    for n in 0..LOGINS {
        let claimed = format!("198.51.100.{n}, 203.0.113.9");
        guess(&server, "zoe@test.example", &claimed).expect_problem(401, "bad_credentials");
    }
    guess(&server, "zoe@test.example", "198.51.100.99, 203.0.113.9")
        .expect_problem(429, "rate_limited");
    guess(&server, "zoe@test.example", "203.0.113.9, 203.0.113.10")
        .expect_problem(401, "bad_credentials");
    let mut addresses = login_addresses(&server.operator());
    assert_eq!(addresses.remove(0), "203.0.113.10");
    assert_eq!(addresses, vec!["203.0.113.9"; LOGINS as usize]);
    // IPv6 addresses of one network count as one.
    for n in 0..LOGINS {
        let neighbour = format!("2001:db8:1:2::{n:x}");
        guess(&server, "eve@test.example", &neighbour).expect_problem(401, "bad_credentials");
    }
    guess(&server, "eve@test.example", "2001:db8:1:2:ffff::1").expect_problem(429, "rate_limited");
    guess(&server, "eve@test.example", "2001:db8:1:3::1").expect_problem(401, "bad_credentials");
}

/// Sends requests from four threads until the limit is reached.
fn exhaust(client: &Client) -> Answer {
    let began = Instant::now();
    thread::scope(|scope| {
        let ask = || loop {
            let answer = client.get("/v1/nowhere");
            if answer.status == 429 {
                return answer;
            }
            assert_eq!(answer.status, 404);
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "there is no end to it"
            );
        };
        let sides: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        sides
            .into_iter()
            .map(|side| side.join().unwrap())
            .last()
            .unwrap()
    })
}

#[test]
fn rate_limited_answers_carry_retry_after() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &[LIMITED]);
    let anna = server.sign_up("anna");
    let first = server.client().get("/v1/nowhere").expect(404);
    assert_eq!(
        first.header("ratelimit-policy"),
        Some("\"requests\";q=1200;w=60")
    );
    let left = |answer: &Answer| -> u32 {
        let said = answer.header("ratelimit").unwrap();
        let rest = said.strip_prefix("\"requests\";r=").unwrap();
        rest.split(';').next().unwrap().parse().unwrap()
    };
    assert!((1_000..1_200).contains(&left(&first)), "{first:?}");
    let refused = exhaust(&server.client()).expect_problem(429, "rate_limited");
    assert_eq!(left(&refused), 0);
    assert_eq!(
        refused.header("ratelimit-policy"),
        first.header("ratelimit-policy")
    );
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert!(
        refused.header("x-content-type-options").is_some()
            && refused.header("x-request-id").is_some()
    );
    // Authenticated requests count per account, and health checks are not limited.
    let own = anna.get("/v1/users/me").expect(200);
    assert!(left(&own) > 1_100, "{own:?}");
    server.client().get("/livez").expect(200);
    thread::sleep(Duration::from_millis(1_200));
    server
        .client()
        .get("/v1/nowhere")
        .expect_problem(404, "not_found");
}

#[test]
fn holds_are_limited_per_account() {
    for database in databases() {
        let server = limited(&database, &[LIMITED]);
        let [host, guest, other] = ["host", "guest", "other"].map(|name| server.sign_up(name));
        let properties: Vec<_> = (0..6).map(|_| create_listing(&host, "instant")).collect();
        let hold = |who: &Client, property: usize, night: u64| {
            let body = booking_body(&properties[property], night, night + 2);
            who.post("/v1/bookings/", &body)
        };
        let cancel = |booking: &Answer| {
            let path = format!("/v1/bookings/{}/cancel", booking.at("/id"));
            guest.post(&path, &json!({})).expect(200);
        };
        let refused = |answer: Answer, code: &str, longest: u32| {
            let refused = answer.expect_problem(429, code);
            let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=longest).contains(&wait), "{wait}");
        };
        // One at a property, on whatever nights.
        let first = hold(&guest, 0, 10).expect(201);
        refused(hold(&guest, 0, 20), "hold_exists", 15 * 60 + 1);
        // The nights that were let go are free for others only, and others are free for the guest.
        cancel(&first);
        refused(hold(&guest, 0, 11), "recently_released", 10 * 60 + 1);
        hold(&other, 0, 10).expect(201);
        let elsewhere = hold(&guest, 0, 12).expect(201);
        // Five over all properties.
        for property in 1..5 {
            hold(&guest, property, 10).expect(201);
        }
        refused(hold(&guest, 5, 10), "too_many_holds", 15 * 60 + 1);
        hold(&other, 5, 20).expect(201);
        cancel(&elsewhere);
        hold(&guest, 5, 10).expect(201);
        // A server whose clock is ahead of the pause.
        let clock = Some(TestClock::new(TimeDelta::minutes(11), 1));
        let options = ServerOptions {
            folder: Some(&server.folder),
            clock,
            variables: &[LIMITED],
            ..ServerOptions::default()
        };
        let later = Server::with(&database, options);
        let again = booking_body(&properties[0], 12, 14);
        let guest = guest.at(&later.url);
        refused(
            guest.post("/v1/bookings/", &again),
            "too_many_holds",
            5 * 60,
        );
    }
}

#[test]
fn holds_are_unlimited_with_rate_limits_off() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let property = create_listing(&host, "instant");
    for night in 10..20 {
        let body = booking_body(&property, night, night + 1);
        let booking = guest.post("/v1/bookings/", &body).expect(201).at("/id");
        guest
            .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
            .expect(200);
        guest.post("/v1/bookings/", &body).expect(201);
    }
}
