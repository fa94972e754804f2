//! What every counter promises, over those in the process and those in Redis.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::ports::{Allowance, Quota, RateLimits};
use sojourn_redis::{LocalLimits, RedisLimits};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::server::Server;

/// Where the quota `slow` of the key `me` is counted.
const PLACE: &str = "sojourn:1:limit:slow:2744ccd10c7533bd736ad890f9dd5cab";

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

fn refused(resets_in: u32, retry_in: u32) -> Allowance {
    Allowance {
        granted: false,
        remaining: 0,
        resets_in,
        retry_in,
    }
}

async fn all() -> Vec<(Arc<dyn RateLimits>, Option<Server>)> {
    let mut all: Vec<(Arc<dyn RateLimits>, _)> = vec![(Arc::new(LocalLimits::new()), None)];
    if let Some(server) = Server::start() {
        all.push((
            Arc::new(RedisLimits::new(server.connect().await)),
            Some(server),
        ));
    }
    all
}

#[tokio::test]
async fn a_quota_is_taken_at_once_and_then_no_more() {
    for (limits, _server) in all().await {
        assert_eq!(limits.take(SLOW, "me").await, granted(2, 10));
        assert_eq!(limits.take(SLOW, "me").await, granted(1, 20));
        assert_eq!(limits.take(SLOW, "me").await, granted(0, 30));
        for _ in 0..5 {
            assert_eq!(
                limits.take(SLOW, "me").await,
                refused(30, 10),
                "what is refused takes nothing"
            );
        }
        assert_eq!(limits.take(SLOW, "you").await, granted(2, 10));
        assert_eq!(
            limits
                .take(
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
async fn it_comes_back_evenly() {
    for (limits, _server) in all().await {
        assert_eq!(limits.take(QUICK, "me").await, granted(1, 1));
        assert_eq!(limits.take(QUICK, "me").await, granted(0, 2));
        assert_eq!(limits.take(QUICK, "me").await, refused(2, 1));
        sleep(Duration::from_millis(1_100)).await;
        assert_eq!(limits.take(QUICK, "me").await, granted(0, 2), "one is back");
        assert_eq!(
            limits.take(QUICK, "me").await,
            refused(2, 1),
            "and one alone"
        );
        sleep(Duration::from_millis(2_100)).await;
        assert_eq!(
            limits.take(QUICK, "me").await,
            granted(1, 1),
            "all are back"
        );
    }
}

#[tokio::test]
async fn numbers_that_do_not_divide_are_exact() {
    for (limits, _server) in all().await {
        for (limit, seconds) in [(7, 60), (3, 3_600), (1_200, 60), (1, 1), (999_983, 3_599)] {
            let quota = Quota {
                name: "odd",
                limit,
                seconds,
            };
            let allowance = limits.take(quota, &limit.to_string()).await;
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
async fn many_at_once_get_no_more_than_there_is() {
    let quota = Quota {
        name: "hot",
        limit: 20,
        seconds: 3_600,
    };
    for (limits, _server) in all().await {
        let mut crowd = JoinSet::new();
        for _ in 0..200 {
            let limits = Arc::clone(&limits);
            crowd.spawn(async move { limits.take(quota, "me").await.granted });
        }
        assert_eq!(
            crowd
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
async fn servers_share_them_in_redis() {
    let Some(server) = Server::start() else {
        return;
    };
    let one = RedisLimits::new(server.connect().await);
    let other = RedisLimits::new(server.connect().await);
    assert_eq!(one.take(SLOW, "me").await, granted(2, 10));
    assert_eq!(other.take(SLOW, "me").await, granted(1, 20));
    assert_eq!(one.take(SLOW, "me").await, granted(0, 30));
    assert_eq!(other.take(SLOW, "me").await, refused(30, 10));
    let left: i64 = redis::cmd("PTTL")
        .arg(PLACE)
        .query(&mut server.raw())
        .unwrap();
    assert!((28_000..=30_000).contains(&left), "{left}");
}

#[tokio::test]
async fn garbage_in_the_place_of_a_counter_is_as_if_untouched() {
    let Some(server) = Server::start() else {
        return;
    };
    let limits = RedisLimits::new(server.connect().await);
    for garbage in [
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
            .arg(PLACE)
            .arg(garbage)
            .query(&mut server.raw())
            .unwrap();
        assert_eq!(limits.take(SLOW, "me").await, granted(2, 10), "{garbage}");
        assert_eq!(limits.take(SLOW, "me").await, granted(1, 20), "{garbage}");
    }
    let _: () = redis::pipe()
        .del(PLACE)
        .rpush(PLACE, "a list")
        .query(&mut server.raw())
        .unwrap();
    assert_eq!(limits.take(SLOW, "me").await, granted(2, 10));
    assert_eq!(limits.take(SLOW, "me").await, granted(1, 20));
}

#[tokio::test]
async fn without_redis_each_server_counts_for_itself() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let limits = RedisLimits::new(server.connect().await);
    assert_eq!(limits.take(SLOW, "me").await, granted(2, 10));
    server.kill();
    assert_eq!(limits.take(SLOW, "me").await, granted(2, 10));
    assert_eq!(limits.take(SLOW, "me").await, granted(1, 20));
    server.restart();
    sleep(Duration::from_millis(1_500)).await;
    assert_eq!(
        limits.take(SLOW, "me").await,
        granted(2, 10),
        "counted in Redis again"
    );
}
