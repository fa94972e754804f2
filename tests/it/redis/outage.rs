//! What was changed while Redis was away is not shown as it was before, also by a server that nobody asked meanwhile.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use sojourn_tests::{Client, Server, TestRedis};

use super::pair::Pair;
use super::places::{PRICE, listed, nightly, page, price};

/// So long after Redis is back, at most, a server that noticed nothing may show what was before.
const SOON: Duration = Duration::from_secs(1);

/// What happens to Redis.
type Step = fn(&TestRedis);

fn shown(server: &Server, place: &str) -> i64 {
    nightly(&server.client().get(&page(place)).expect(200).json())
}

/// Looked at until it is kept.
fn kept(server: &Server, place: &str) {
    let client = server.client();
    let hit =
        |_| client.get(&page(place)).expect(200).header("cache-status") == Some("sojourn; hit");
    assert!((0..50).any(hit), "it is not kept by {}", server.url);
}

/// Changes a price on one server while Redis is away, and tells how long after it is back the other shows the new one.
/// Nobody asks the other meanwhile.
fn seen_after(
    pair: &Pair,
    [writer, reader]: [&Server; 2],
    (host, place): (&Client, &str),
    away: impl FnOnce(),
    back: impl FnOnce(),
) -> Duration {
    let next = shown(writer, place) + 1;
    kept(writer, place);
    kept(reader, place);
    away();
    let began = Instant::now();
    host.at(&writer.url)
        .patch(&page(place), &price(next))
        .expect(200);
    assert!(
        began.elapsed() < SOON,
        "the change took {:?}",
        began.elapsed()
    );
    assert_eq!(shown(writer, place), next);
    sleep(Duration::from_millis(700));
    back();
    let began = Instant::now();
    while shown(reader, place) != next {
        assert!(
            began.elapsed() < SOON,
            "the old price is shown for {SOON:?} after Redis is back"
        );
        sleep(Duration::from_millis(2));
    }
    let took = began.elapsed();
    pair.recovery();
    for server in pair.servers() {
        assert_eq!(shown(server, place), next);
        kept(server, place);
        assert_eq!(shown(server, place), next, "kept by {}", server.url);
    }
    took
}

#[test]
fn what_was_changed_meanwhile_is_seen_by_a_server_that_noticed_nothing() {
    let Some(pair) = Pair::start(&[]) else { return };
    let host = pair.one.join("host");
    let place = listed(&host);
    assert_eq!(shown(&pair.other, &place), PRICE);
    let (mut frozen, mut killed) = (Duration::ZERO, Duration::ZERO);
    for servers in [[&pair.one, &pair.other], [&pair.other, &pair.one]] {
        let redis = &pair.redis;
        let (of_host, restore) = ((&host, place.as_str()), || redis.restart());
        frozen = frozen.max(seen_after(
            &pair,
            servers,
            of_host,
            || redis.freeze(),
            || redis.thaw(),
        ));
        // The server that changes something has given Redis up, and sends it no word of that.
        let given_up = || {
            redis.freeze();
            for _ in 0..4 {
                shown(servers[0], &place);
            }
            assert!(!servers[0].ports.cache.report().available);
        };
        frozen = frozen.max(seen_after(&pair, servers, of_host, given_up, || {
            redis.thaw()
        }));
        killed = killed.max(seen_after(
            &pair,
            servers,
            of_host,
            || redis.kill(),
            restore,
        ));
        // With all that it knew before the change.
        let snapshot = || {
            assert_eq!(redis.ask(&["SAVE"]).unwrap(), "+OK\r\n");
            redis.kill();
        };
        killed = killed.max(seen_after(&pair, servers, of_host, snapshot, restore));
    }
    println!("seen at most {frozen:.1?} after a thaw, {killed:.1?} after a restart");
}

#[test]
fn who_logs_out_while_redis_is_away_is_out() {
    let Some(pair) = Pair::start(&[]) else { return };
    let ways: [(Step, Step); 2] = [
        (TestRedis::freeze, TestRedis::thaw),
        (TestRedis::kill, TestRedis::restart),
    ];
    for (away, back) in ways {
        let member = pair.one.join("ana");
        let both = pair.both(&member);
        let me = |client: &Client| client.get("/v1/users/me").status;
        assert_eq!([&both[0], &both[1], &both[0], &both[1]].map(me), [200; 4]);
        away(&pair.redis);
        assert_eq!(
            [&both[1], &both[0], &both[1], &both[0]].map(me),
            [200; 4],
            "the database knows them"
        );
        both[0].post("/v1/auth/logout", &Value::Null).expect(204);
        assert_eq!([&both[0], &both[1]].map(me), [401; 2]);
        back(&pair.redis);
        let until = Instant::now() + pair.recovery() + Duration::from_millis(500);
        while Instant::now() < until {
            assert_eq!([&both[0], &both[1]].map(me), [401; 2]);
        }
    }
}

#[test]
fn operators_are_told_and_nobody_is_sent_elsewhere() {
    let Some(pair) = Pair::start(&[]) else { return };
    let operator = pair.one.operator();
    let told = || {
        operator.get("/v1/admin/cache").expect(200).json()["available"]
            .as_bool()
            .unwrap()
    };
    assert!(told());
    pair.redis.freeze();
    for _ in 0..4 {
        pair.one
            .client()
            .get("/v1/properties/?city=Nowhere")
            .expect(200);
    }
    assert!(!told());
    pair.one.client().get("/readyz").expect(200);
    pair.redis.thaw();
    pair.recovery();
    assert!(told());
}
