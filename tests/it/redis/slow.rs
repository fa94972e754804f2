//! Redis is there, and slow: about as slow as one waits for it, or slower.

use std::time::{Duration, Instant};

use sojourn_tests::{Answer, Client, TestRedis};

use super::pair::Pair;
use super::places::{PRICE, listed, nightly, page, price};
use super::slow_way::SlowWay;

const CHANGES: i64 = 8;

/// No answer may take so long: one waits 50 ms for Redis, a few times.
const SLOWEST: Duration = Duration::from_millis(1_000);

/// A change must be seen so soon.
const SOON: Duration = Duration::from_secs(1);

/// Asks, and notes how long the slowest answer took.
struct Watch(Duration);

impl Watch {
    fn time(&mut self, ask: impl FnOnce() -> Answer) -> Answer {
        let began = Instant::now();
        let answer = ask().expect(200);
        self.0 = self.0.max(began.elapsed());
        answer
    }
}

/// Changes the price of a place on each server in turn, and tells how late the other showed it at most.
fn changes(pair: &Pair, host: &Client, place: &str, first: i64, watch: &mut Watch) -> Duration {
    let [here, there] = pair.both(host);
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
fn a_slow_redis_makes_nobody_wait_long_and_nothing_old_is_shown() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    let way = SlowWay::to(&redis);
    let url = way.url();
    let Some(pair) = Pair::reaching(redis, &url, &[("SOJOURN_RATE_LIMITS", "on")]) else {
        return;
    };
    let host = pair.one.join("host");
    let place = listed(&host);
    let mut next = PRICE;
    for milliseconds in [0..1, 20..40, 30..70, 80..120, 300..400, 0..1] {
        way.takes(&milliseconds);
        let mut watch = Watch(Duration::ZERO);
        let latest = changes(&pair, &host, &place, next + 1, &mut watch);
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
    let took = pair.recovery();
    println!("used again {took:.1?} after it is quick");
}
