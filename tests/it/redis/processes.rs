//! Two `sojourn serve` processes on one PostgreSQL and one Redis.

use serde_json::{Value, json};
use sojourn_application::access::rate_limits::LOGINS_TO_FROM;
use sojourn_tests::Client;

use super::support::cluster::{Cluster, PATIENT, ids};
use super::support::fixtures::{book, listed, nightly, page, price};
use crate::security::support::process::Program;

/// The two in-process servers of the cluster run the jobs, such as sending mails.
#[test]
fn two_processes_share_one_marketplace() {
    let Some(cluster) = Cluster::start(&[]) else {
        return;
    };
    let (folder, redis) = (cluster.folder.0.display().to_string(), cluster.redis.url());
    let variables = [
        ("SOJOURN_DATA_DIR", folder.as_str()),
        ("DATABASE_URL", cluster.database.url.as_str()),
        ("REDIS_URL", redis.as_str()),
        ("SOJOURN_REDIS_TIMEOUT_MS", "5000"),
    ];
    let [mut killed, mut left] =
        [(); 2].map(|()| Program::run(&["serve", "--no-worker"], &variables));
    let [one, other] = [&mut killed, &mut left].map(|program| Client::new(&program.url()));
    for program in [&killed, &left] {
        let said = program.log();
        assert!(
            said.contains("cache=\"redis\"") && said.contains("limits=\"redis\""),
            "{said}"
        );
    }
    let (host, guest) = (
        cluster.one.sign_up_member("host"),
        cluster.one.sign_up_member("guest"),
    );
    let place = listed(&host.client);
    sessions(&one, &other, &guest.email, &guest.password);
    sessions(&other, &one, &guest.email, &guest.password);
    let words = json!({"email": host.email, "password": host.password});
    let token = one
        .post("/v1/auth/login", &words)
        .expect(200)
        .at("/access_token");
    let [here, there] = [&one, &other].map(|client| client.with_token(&token));
    for (amount, writer, reader) in [(11_111, &here, &other), (12_222, &there, &one)] {
        for _ in 0..2 {
            assert_ne!(
                nightly(&reader.get(&page(&place)).expect(200).json()),
                amount
            );
        }
        writer.patch(&page(&place), &price(amount)).expect(200);
        assert_eq!(
            nightly(&reader.get(&page(&place)).expect(200).json()),
            amount
        );
    }
    limits(&one, &other);
    here.post(&format!("{}/unpublish", page(&place)), &Value::Null)
        .expect(200);
    other.get(&page(&place)).expect(404);
    assert!(ids(&other.get("/v1/properties/?city=Albany").expect(200).json()).is_empty());
    there
        .post(&format!("{}/publish", page(&place)), &Value::Null)
        .expect(200);
    one.get(&page(&place)).expect(200);
    drop(killed);
    book(
        &other.with_token(guest_token(&other, &guest.email, &guest.password)),
        &place,
        40,
    );
}

fn guest_token(client: &Client, email: &str, password: &str) -> String {
    let words = json!({"email": email, "password": password});
    client
        .post("/v1/auth/login", &words)
        .expect(200)
        .at("/access_token")
}

/// Logs in on one server, is known to the other, logs out there, and is rejected by the first.
fn sessions(one: &Client, other: &Client, email: &str, password: &str) {
    let token = guest_token(one, email, password);
    let [here, there] = [one, other].map(|client| client.with_token(&token));
    for client in [&here, &there, &here, &there] {
        client.get("/v1/users/me").expect(200);
    }
    there.post("/v1/auth/logout", &Value::Null).expect(204);
    here.get("/v1/users/me")
        .expect_problem(401, "token_invalid");
    there
        .get("/v1/users/me")
        .expect_problem(401, "token_invalid");
}

fn limits(one: &Client, other: &Client) {
    let guess = |client: &Client| {
        let words = json!({"email": "nobody@test.example", "password": "not the right one"});
        client.post("/v1/auth/login", &words)
    };
    for _ in 0..LOGINS_TO_FROM.limit {
        guess(one).expect(401);
    }
    let refused = guess(other).expect_problem(429, "rate_limited");
    assert!(refused.header("retry-after").is_some());
}

#[test]
fn command_line_changes_are_visible_immediately() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (folder, redis) = (cluster.folder.0.display().to_string(), cluster.redis.url());
    let variables = [
        ("SOJOURN_DATA_DIR", folder.as_str()),
        ("DATABASE_URL", cluster.database.url.as_str()),
        ("REDIS_URL", redis.as_str()),
    ];
    let search = "/v1/properties/?limit=100";
    let hit = |client: &Client| {
        client.get(search).expect(200).header("cache-status") == Some("sojourn; hit")
    };
    let clients = cluster.servers().map(sojourn_tests::Server::client);
    assert!(
        (0..50).any(|_| clients.iter().all(hit)),
        "it is not kept: this shows nothing"
    );
    let mut seed = Program::run(
        &["seed", "--properties", "5", "--bookings", "3"],
        &variables,
    );
    assert_eq!(seed.wait_for_exit(), Some(0), "{}", seed.log());
    for client in clients {
        assert_eq!(ids(&client.get(search).expect(200).json()).len(), 5);
    }
}
