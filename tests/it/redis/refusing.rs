//! Redis answers, and refuses to write: its memory is full, its disk is, or it became the copy of another.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use sojourn_tests::{Client, TestRedis};

use super::limits::{LIMITED, are_shared};
use super::pair::{PATIENT, Pair};
use super::places::{PRICE, listed, nightly, page, price};

/// What Redis says then, how it comes to that, and how it is over.
type Way = (&'static str, fn(&TestRedis), fn(&TestRedis));

const WAYS: [Way; 3] = [
    (
        "OOM",
        |redis| said(redis, "CONFIG SET maxmemory 1"),
        |redis| said(redis, "CONFIG SET maxmemory 0"),
    ),
    (
        "READONLY",
        |redis| said(redis, "REPLICAOF 127.0.0.1 1"),
        |redis| said(redis, "REPLICAOF NO ONE"),
    ),
    ("MISCONF", lose_disk, |redis| {
        said(redis, "CONFIG SET stop-writes-on-bgsave-error no")
    }),
];

fn said(redis: &TestRedis, command: &str) {
    let answer = redis.ask(&command.split(' ').collect::<Vec<_>>()).unwrap();
    assert!(answer.starts_with("+OK"), "{command}: {answer}");
}

/// The folder for its snapshots is gone.
fn lose_disk(redis: &TestRedis) {
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
fn a_redis_that_refuses_to_write_shows_nothing_old() {
    let variables = [&LIMITED[..], &[PATIENT]].concat();
    let Some(pair) = Pair::start(&variables) else {
        return;
    };
    let host = pair.one.join("host");
    let place = listed(&host);
    let mut now = PRICE;
    for (word, begin, end) in WAYS {
        let member = pair.both(&pair.one.join("ana"));
        let anonymous = pair.servers().map(sojourn_tests::Server::client);
        for client in member.iter().chain(&anonymous).cycle().take(12) {
            client.get("/v1/users/me");
            assert_eq!(shown(client, &place), now);
        }
        begin(&pair.redis);
        let refused = pair.redis.ask(&["SET", "a", "b"]).unwrap();
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
            pair.use_redis(),
            word == "OOM",
            "with a full memory it still forgets, and keeps what it has"
        );
        end(&pair.redis);
        let took = pair.recovery();
        println!("after {word}, used again within {took:.1?}");
        assert!(are_shared(&pair, &format!("{word}@test.example")));
        for client in &anonymous {
            assert_eq!(shown(client, &place), now);
        }
    }
}
