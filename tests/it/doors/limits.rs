//! How often anybody may ask, and under whose name it is counted.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use sojourn_tests::{Answer, Client, Server, Start, TestDatabase};

use super::lettings::{cabin, stay};

const LIMITED: (&str, &str) = ("SOJOURN_RATE_LIMITS", "on");
const BEHIND_A_PROXY: [(&str, &str); 2] = [LIMITED, ("SOJOURN_TRUSTED_PROXIES", "127.0.0.1")];

/// How often one network may log in to one account, in five minutes.
const LOGINS: u32 = 10;

fn limited(database: &TestDatabase, variables: &[(&str, &str)]) -> Server {
    Server::with(
        database,
        Start {
            variables,
            ..Start::default()
        },
    )
}

/// A login in vain, with what a proxy would say of where it comes from.
fn guess(server: &Server, email: &str, forwarded_for: &str) -> Answer {
    let client = server
        .client()
        .with_header("x-forwarded-for", forwarded_for);
    client.post(
        "/v1/auth/login",
        &json!({"email": email, "password": "none of my passwords"}),
    )
}

/// The addresses that the audit log names for logins that were refused, the newest first.
fn written_down(operator: &Client) -> Vec<String> {
    let log = operator
        .get("/v1/admin/audit-log?action=login_refused&limit=100")
        .expect(200)
        .json();
    let lines = log["data"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["address"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_forged_forwarded_for_counts_for_nothing() {
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
    let addresses = written_down(&server.operator());
    assert_eq!(addresses, vec!["127.0.0.1"; LOGINS as usize + 1]);
}

#[test]
fn behind_a_trusted_proxy_the_last_stranger_counts() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &BEHIND_A_PROXY);
    // What the client wrote itself stands on the left of what the proxy added.
    for n in 0..LOGINS {
        let claimed = format!("198.51.100.{n}, 203.0.113.9");
        guess(&server, "zoe@test.example", &claimed).expect_problem(401, "bad_credentials");
    }
    guess(&server, "zoe@test.example", "198.51.100.99, 203.0.113.9")
        .expect_problem(429, "rate_limited");
    guess(&server, "zoe@test.example", "203.0.113.9, 203.0.113.10")
        .expect_problem(401, "bad_credentials");
    let mut addresses = written_down(&server.operator());
    assert_eq!(addresses.remove(0), "203.0.113.10");
    assert_eq!(addresses, vec!["203.0.113.9"; LOGINS as usize]);
    // Of IPv6 everybody has as many addresses as they like, in one network.
    for n in 0..LOGINS {
        let neighbour = format!("2001:db8:1:2::{n:x}");
        guess(&server, "eve@test.example", &neighbour).expect_problem(401, "bad_credentials");
    }
    guess(&server, "eve@test.example", "2001:db8:1:2:ffff::1").expect_problem(429, "rate_limited");
    guess(&server, "eve@test.example", "2001:db8:1:3::1").expect_problem(401, "bad_credentials");
}

/// Asks until there is nothing left, from four sides at once.
fn use_up(client: &Client) -> Answer {
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
fn who_asks_too_often_is_told_when_to_come_again() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &[LIMITED]);
    let anna = server.join("anna");
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
    let refused = use_up(&server.client()).expect_problem(429, "rate_limited");
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
    // Whoever has an account is counted by it, whatever their neighbours do; and whether it lives is no secret.
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
fn nobody_empties_a_calendar_by_holding_its_nights() {
    let database = TestDatabase::sqlite();
    let server = limited(&database, &[LIMITED]);
    let (host, guest, other) = (
        server.join("host"),
        server.join("guest"),
        server.join("other"),
    );
    let property = cabin(&host, "instant");
    let hold =
        |who: &Client, night: u64| who.post("/v1/bookings/", &stay(&property, night, night + 1));
    for night in 10..70 {
        hold(&guest, night).expect(201);
    }
    let refused = hold(&guest, 70).expect_problem(429, "rate_limited");
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    hold(&other, 70).expect(201);
}
