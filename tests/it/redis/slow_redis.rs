//! Redis is slow: its latency is around the timeout or above it.

use std::time::{Duration, Instant};

use sojourn_tests::{Answer, Client, TestRedis};

use super::support::cluster::Cluster;
use super::support::fixtures::{PRICE, listed, nightly, page, price};
use super::support::latency_proxy::LatencyProxy;

const CHANGES: i64 = 8;

/// Limit for every answer: a few Redis timeouts of 50 ms.
const SLOWEST: Duration = Duration::from_millis(1_000);

/// Time within which a change must be visible.
const SOON: Duration = Duration::from_secs(1);

/// Slowest answer so far.
struct Watch(Duration);

impl Watch {
    fn time(&mut self, ask: impl FnOnce() -> Answer) -> Answer {
        let began = Instant::now();
        let answer = ask().expect(200);
        self.0 = self.0.max(began.elapsed());
        answer
    }
}

/// Changes the price of a property on each server in turn; the longest time until the other one showed it.
fn changes(
    cluster: &Cluster,
    host: &Client,
    place: &str,
    first: i64,
    watch: &mut Watch,
) -> Duration {
    let [here, there] = cluster.both(host);
    let (path, mut latest) = (page(place), Duration::ZERO);
    for n in 0..CHANGES {
        let (writer, reader) = if n % 2 == 0 {
            (&here, &there)
        } else {
            (&there, &here)
        };
        let new = first + n;
        watch.time(|| writer.patch(&path, &price(new)));
        let (changed, reader) = (Instant::now(), reader.without_token());
        while nightly(&watch.time(|| reader.get(&path)).json()) != new {
            latest = latest.max(changed.elapsed());
            assert!(latest < SOON, "{new} is not seen");
        }
        for client in [&here, &there] {
            watch.time(|| client.get("/v1/users/me"));
            watch.time(|| client.without_token().get(&path));
        }
    }
    latest
}

#[test]
fn slow_redis_delays_no_answer_and_serves_nothing_stale() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    let proxy = LatencyProxy::to(&redis);
    let url = proxy.url();
    let Some(cluster) = Cluster::reaching(redis, &url, &[("SOJOURN_RATE_LIMITS", "on")]) else {
        return;
    };
    let host = cluster.one.sign_up("host");
    let place = listed(&host);
    let mut next = PRICE;
    for milliseconds in [0..1, 20..40, 30..70, 80..120, 300..400, 0..1] {
        proxy.set_latency(&milliseconds);
        let mut watch = Watch(Duration::ZERO);
        let latest = changes(&cluster, &host, &place, next + 1, &mut watch);
        next += CHANGES;
        let slowest = watch.0;
        println!(
            "{milliseconds:?} ms to Redis: slowest answer {slowest:.1?}, prices late by {latest:.1?}"
        );
        assert!(
            slowest < SLOWEST,
            "{slowest:?} with {milliseconds:?} ms to Redis"
        );
    }
    let took = cluster.recovery();
    println!("used again {took:.1?} after it is quick");
}
