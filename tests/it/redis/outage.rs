//! Changes made during a Redis outage are never hidden by cached answers, also on a server that was idle.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use sojourn_tests::{Client, Server, TestRedis};

use super::support::cluster::Cluster;
use super::support::fixtures::{PRICE, listed, nightly, page, price};

/// Time after the end of an outage within which an idle server may still serve the old answer.
const SOON: Duration = Duration::from_secs(1);

/// Starts or ends an outage.
type RedisAction = fn(&TestRedis);

fn shown(server: &Server, place: &str) -> i64 {
    nightly(&server.client().get(&page(place)).expect(200).json())
}

/// Requests the page until it is cached.
fn warm(server: &Server, place: &str) {
    let client = server.client();
    let hit =
        |_| client.get(&page(place)).expect(200).header("cache-status") == Some("sojourn; hit");
    assert!((0..50).any(hit), "it is not kept by {}", server.url);
}

/// Changes a price on one server during an outage; the time after its end until the other server shows the new price.
/// The other server is idle during the outage.
fn seen_after(
    cluster: &Cluster,
    [writer, reader]: [&Server; 2],
    (host, place): (&Client, &str),
    away: impl FnOnce(),
    back: impl FnOnce(),
) -> Duration {
    let next = shown(writer, place) + 1;
    warm(writer, place);
    warm(reader, place);
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
    cluster.recovery();
    for server in cluster.servers() {
        assert_eq!(shown(server, place), next);
        warm(server, place);
        assert_eq!(shown(server, place), next, "kept by {}", server.url);
    }
    took
}

#[test]
fn changes_during_a_redis_outage_are_seen_by_an_idle_server() {
    let Some(cluster) = Cluster::start(&[]) else {
        return;
    };
    let host = cluster.one.sign_up("host");
    let place = listed(&host);
    assert_eq!(shown(&cluster.other, &place), PRICE);
    let (mut frozen, mut killed) = (Duration::ZERO, Duration::ZERO);
    for servers in [
        [&cluster.one, &cluster.other],
        [&cluster.other, &cluster.one],
    ] {
        let redis = &cluster.redis;
        let (of_host, restore) = ((&host, place.as_str()), || redis.restart());
        frozen = frozen.max(seen_after(
            &cluster,
            servers,
            of_host,
            || redis.freeze(),
            || redis.thaw(),
        ));
        // The server that makes the change has opened its circuit breaker and sends no invalidation.
        let given_up = || {
            redis.freeze();
            for _ in 0..4 {
                shown(servers[0], &place);
            }
            assert!(!servers[0].ports.cache.report().available);
        };
        frozen = frozen.max(seen_after(&cluster, servers, of_host, given_up, || {
            redis.thaw();
        }));
        killed = killed.max(seen_after(
            &cluster,
            servers,
            of_host,
            || redis.kill(),
            restore,
        ));
        // Redis restarts from a snapshot taken before the change.
        let snapshot = || {
            assert_eq!(redis.ask(&["SAVE"]).unwrap(), "+OK\r\n");
            redis.kill();
        };
        killed = killed.max(seen_after(&cluster, servers, of_host, snapshot, restore));
    }
    println!("seen at most {frozen:.1?} after a thaw, {killed:.1?} after a restart");
}

#[test]
fn logout_while_redis_is_down_is_effective() {
    let Some(cluster) = Cluster::start(&[]) else {
        return;
    };
    let ways: [(RedisAction, RedisAction); 2] = [
        (TestRedis::freeze, TestRedis::thaw),
        (TestRedis::kill, TestRedis::restart),
    ];
    for (away, back) in ways {
        let member = cluster.one.sign_up("ana");
        let both = cluster.both(&member);
        let me = |client: &Client| client.get("/v1/users/me").status;
        assert_eq!([&both[0], &both[1], &both[0], &both[1]].map(me), [200; 4]);
        away(&cluster.redis);
        assert_eq!(
            [&both[1], &both[0], &both[1], &both[0]].map(me),
            [200; 4],
            "the database knows them"
        );
        both[0].post("/v1/auth/logout", &Value::Null).expect(204);
        assert_eq!([&both[0], &both[1]].map(me), [401; 2]);
        back(&cluster.redis);
        let until = Instant::now() + cluster.recovery() + Duration::from_millis(500);
        while Instant::now() < until {
            assert_eq!([&both[0], &both[1]].map(me), [401; 2]);
        }
    }
}

#[test]
fn redis_outage_is_reported_and_server_stays_ready() {
    let Some(cluster) = Cluster::start(&[]) else {
        return;
    };
    let operator = cluster.one.operator();
    let is_available = || {
        operator.get("/v1/admin/cache").expect(200).json()["available"]
            .as_bool()
            .unwrap()
    };
    assert!(is_available());
    cluster.redis.freeze();
    for _ in 0..4 {
        cluster
            .one
            .client()
            .get("/v1/properties/?city=Nowhere")
            .expect(200);
    }
    assert!(!is_available());
    cluster.one.client().get("/readyz").expect(200);
    cluster.redis.thaw();
    cluster.recovery();
    assert!(is_available());
}
