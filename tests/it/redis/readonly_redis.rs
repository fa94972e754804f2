//! Redis answers but refuses writes: memory or disk is full, or it has become a replica.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use sojourn_tests::{Client, TestRedis};

use super::rate_limits::{LIMITED, are_shared};
use super::support::cluster::{Cluster, PATIENT};
use super::support::fixtures::{PRICE, listed, nightly, page, price};

/// Error code, start and end of a condition under which Redis refuses writes.
type WriteFailure = (&'static str, fn(&TestRedis), fn(&TestRedis));

const WRITE_FAILURES: [WriteFailure; 3] = [
    (
        "OOM",
        |redis| execute(redis, "CONFIG SET maxmemory 1"),
        |redis| execute(redis, "CONFIG SET maxmemory 0"),
    ),
    (
        "READONLY",
        |redis| execute(redis, "REPLICAOF 127.0.0.1 1"),
        |redis| execute(redis, "REPLICAOF NO ONE"),
    ),
    ("MISCONF", remove_snapshot_folder, |redis| {
        execute(redis, "CONFIG SET stop-writes-on-bgsave-error no");
    }),
];

fn execute(redis: &TestRedis, command: &str) {
    let answer = redis.ask(&command.split(' ').collect::<Vec<_>>()).unwrap();
    assert!(answer.starts_with("+OK"), "{command}: {answer}");
}

/// Makes snapshots fail by removing their folder.
fn remove_snapshot_folder(redis: &TestRedis) {
    let answer = redis.ask(&["CONFIG", "GET", "dir"]).unwrap();
    fs::remove_dir_all(answer.lines().last().unwrap()).unwrap();
    redis.ask(&["CONFIG", "SET", "save", "1 1"]).unwrap();
    redis.ask(&["BGSAVE"]).unwrap();
    while !redis
        .ask(&["INFO", "persistence"])
        .unwrap()
        .contains("rdb_last_bgsave_status:err")
    {
        sleep(Duration::from_millis(20));
    }
}

fn shown(client: &Client, place: &str) -> i64 {
    nightly(&client.get(&page(place)).expect(200).json())
}

#[test]
fn redis_that_refuses_writes_serves_nothing_stale() {
    let variables = [&LIMITED[..], &[PATIENT]].concat();
    let Some(cluster) = Cluster::start(&variables) else {
        return;
    };
    let host = cluster.one.sign_up("host");
    let place = listed(&host);
    let mut now = PRICE;
    for (word, begin, end) in WRITE_FAILURES {
        let member = cluster.both(&cluster.one.sign_up("ana"));
        let anonymous = cluster.servers().map(sojourn_tests::Server::client);
        for client in member.iter().chain(&anonymous).cycle().take(12) {
            client.get("/v1/users/me");
            assert_eq!(shown(client, &place), now);
        }
        begin(&cluster.redis);
        let refused = cluster.redis.ask(&["SET", "a", "b"]).unwrap();
        assert!(refused.starts_with(&format!("-{word}")), "{refused}");

        member[0].post("/v1/auth/logout", &Value::Null).expect(204);
        for client in &member {
            client
                .get("/v1/users/me")
                .expect_problem(401, "token_invalid");
        }
        now += 1;
        host.patch(&page(&place), &price(now)).expect(200);
        for client in anonymous.iter().cycle().take(6) {
            assert_eq!(shown(client, &place), now, "when it says {word}");
        }
        assert_eq!(
            cluster.use_redis(),
            word == "OOM",
            "with a full memory it still forgets, and keeps what it has"
        );
        end(&cluster.redis);
        let took = cluster.recovery();
        println!("after {word}, used again within {took:.1?}");
        let email = format!("{word}@test.example");
        assert!(are_shared(&cluster, &email, "192.0.2.1"));
        for client in &anonymous {
            assert_eq!(shown(client, &place), now);
        }
    }
}
