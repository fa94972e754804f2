//! The contract of every rate limit, tested in memory and in Redis.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::ports::{Allowance, Quota, RateLimits};
use sojourn_redis::{MemoryRateLimits, RedisRateLimits};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::redis_server::RedisServer;

/// Redis key of the counter of the quota `slow` for the caller `me`.
const COUNTER_KEY: &str = "sojourn:1:limit:slow:2744ccd10c7533bd736ad890f9dd5cab";

const SLOW: Quota = Quota {
    name: "slow",
    limit: 3,
    seconds: 30,
};
const QUICK: Quota = Quota {
    name: "quick",
    limit: 2,
    seconds: 2,
};

fn granted(remaining: u32, resets_in: u32) -> Allowance {
    Allowance {
        granted: true,
        remaining,
        resets_in,
        retry_in: 0,
    }
}

fn denied(resets_in: u32, retry_in: u32) -> Allowance {
    Allowance {
        granted: false,
        remaining: 0,
        resets_in,
        retry_in,
    }
}

async fn implementations() -> Vec<(Arc<dyn RateLimits>, Option<RedisServer>)> {
    let mut all: Vec<(Arc<dyn RateLimits>, _)> = vec![(Arc::new(MemoryRateLimits::new()), None)];
    if let Some(server) = RedisServer::start() {
        all.push((
            Arc::new(RedisRateLimits::new(server.connect().await)),
            Some(server),
        ));
    }
    all
}

#[tokio::test]
async fn a_quota_may_be_consumed_at_once_and_not_exceeded() {
    for (limits, _server) in implementations().await {
        assert_eq!(limits.consume(SLOW, "me").await, granted(2, 10));
        assert_eq!(limits.consume(SLOW, "me").await, granted(1, 20));
        assert_eq!(limits.consume(SLOW, "me").await, granted(0, 30));
        for _ in 0..5 {
            assert_eq!(
                limits.consume(SLOW, "me").await,
                denied(30, 10),
                "a denied request consumes nothing"
            );
        }
        assert_eq!(limits.consume(SLOW, "you").await, granted(2, 10));
        assert_eq!(
            limits
                .consume(
                    Quota {
                        name: "other",
                        ..SLOW
                    },
                    "me"
                )
                .await,
            granted(2, 10)
        );
    }
}

#[tokio::test]
async fn a_quota_is_replenished_evenly() {
    for (limits, _server) in implementations().await {
        assert_eq!(limits.consume(QUICK, "me").await, granted(1, 1));
        assert_eq!(limits.consume(QUICK, "me").await, granted(0, 2));
        assert_eq!(limits.consume(QUICK, "me").await, denied(2, 1));
        sleep(Duration::from_millis(1_100)).await;
        assert_eq!(
            limits.consume(QUICK, "me").await,
            granted(0, 2),
            "one request is replenished"
        );
        assert_eq!(
            limits.consume(QUICK, "me").await,
            denied(2, 1),
            "and only one"
        );
        sleep(Duration::from_millis(2_100)).await;
        assert_eq!(
            limits.consume(QUICK, "me").await,
            granted(1, 1),
            "the whole quota is replenished"
        );
    }
}

#[tokio::test]
async fn limits_that_do_not_divide_the_window_are_exact() {
    for (limits, _server) in implementations().await {
        for (limit, seconds) in [(7, 60), (3, 3_600), (1_200, 60), (1, 1), (999_983, 3_599)] {
            let quota = Quota {
                name: "odd",
                limit,
                seconds,
            };
            let allowance = limits.consume(quota, &limit.to_string()).await;
            assert_eq!(
                (allowance.granted, allowance.remaining),
                (true, limit - 1),
                "{quota:?}"
            );
            assert_eq!(allowance.resets_in, seconds.div_ceil(limit), "{quota:?}");
        }
    }
}

#[tokio::test]
async fn concurrent_requests_never_exceed_the_limit() {
    let quota = Quota {
        name: "hot",
        limit: 20,
        seconds: 3_600,
    };
    for (limits, _server) in implementations().await {
        let mut requests = JoinSet::new();
        for _ in 0..200 {
            let limits = Arc::clone(&limits);
            requests.spawn(async move { limits.consume(quota, "me").await.granted });
        }
        assert_eq!(
            requests
                .join_all()
                .await
                .into_iter()
                .filter(|granted| *granted)
                .count(),
            20
        );
    }
}

#[tokio::test]
async fn servers_share_rate_limits_in_redis() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let one = RedisRateLimits::new(server.connect().await);
    let other = RedisRateLimits::new(server.connect().await);
    assert_eq!(one.consume(SLOW, "me").await, granted(2, 10));
    assert_eq!(other.consume(SLOW, "me").await, granted(1, 20));
    assert_eq!(one.consume(SLOW, "me").await, granted(0, 30));
    assert_eq!(other.consume(SLOW, "me").await, denied(30, 10));
    let ttl_ms: i64 = redis::cmd("PTTL")
        .arg(COUNTER_KEY)
        .query(&mut server.raw())
        .unwrap();
    assert!((28_000..=30_000).contains(&ttl_ms), "{ttl_ms}");
}

#[tokio::test]
async fn foreign_data_in_a_counter_counts_as_an_unused_quota() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let limits = RedisRateLimits::new(server.connect().await);
    for foreign in [
        "",
        "many",
        "nan",
        "inf",
        "-inf",
        "-1",
        "9e300",
        "99999999999999999999",
    ] {
        let _: () = redis::cmd("SET")
            .arg(COUNTER_KEY)
            .arg(foreign)
            .query(&mut server.raw())
            .unwrap();
        assert_eq!(
            limits.consume(SLOW, "me").await,
            granted(2, 10),
            "{foreign}"
        );
        assert_eq!(
            limits.consume(SLOW, "me").await,
            granted(1, 20),
            "{foreign}"
        );
    }
    let _: () = redis::pipe()
        .del(COUNTER_KEY)
        .rpush(COUNTER_KEY, "a list")
        .query(&mut server.raw())
        .unwrap();
    assert_eq!(limits.consume(SLOW, "me").await, granted(2, 10));
    assert_eq!(limits.consume(SLOW, "me").await, granted(1, 20));
}

#[tokio::test]
async fn without_redis_each_server_counts_in_memory() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let limits = RedisRateLimits::new(server.connect().await);
    assert_eq!(limits.consume(SLOW, "me").await, granted(2, 10));
    server.kill();
    assert_eq!(limits.consume(SLOW, "me").await, granted(2, 10));
    assert_eq!(limits.consume(SLOW, "me").await, granted(1, 20));
    server.restart();
    sleep(Duration::from_millis(1_500)).await;
    assert_eq!(
        limits.consume(SLOW, "me").await,
        granted(2, 10),
        "counted in Redis again"
    );
}
