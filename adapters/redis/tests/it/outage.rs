//! Tests of a frozen, killed and restarted Redis: callers do not wait for it, and stale values never reappear.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use sojourn_application::ports::{Cache, CacheStatus, CacheTag};
use sojourn_redis::{Redis, RedisCache, RedisOptions};
use tokio::time::sleep;

use crate::cache::{PROPERTY, get, get_or_insert, page, value};
use crate::redis_server::RedisServer;

/// The deadline of a command.
const DEADLINE: Duration = Duration::from_millis(50);

/// The deadline with the delays of a busy machine.
const MAX_DELAY: Duration = Duration::from_millis(250);

async fn timed(cache: &RedisCache, name: &str, new: &str) -> (String, Duration) {
    let started = Instant::now();
    (
        get_or_insert(cache, page(name), new).await,
        started.elapsed(),
    )
}

/// Waits until the cache uses Redis again.
async fn recovery(cache: &RedisCache) -> Duration {
    let started = Instant::now();
    while !cache.report().available {
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "the cache does not use the restarted Redis"
        );
        sleep(Duration::from_millis(10)).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_redis_is_bypassed_after_three_deadlines() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect_with(RedisOptions::default()).await);
    assert_eq!(get_or_insert(&cache, page("a"), "before").await, "before");
    server.freeze();
    let mut fastest = MAX_DELAY;
    for _ in 0..3 {
        assert!(cache.report().available);
        let (loaded, took) = timed(&cache, "a", "during").await;
        assert!(
            loaded == "during" && took >= DEADLINE && took < MAX_DELAY,
            "{took:?}"
        );
        fastest = fastest.min(took);
    }
    assert!(
        fastest < DEADLINE + Duration::from_millis(10),
        "{fastest:?}"
    );
    assert!(!cache.report().available);
    let started = Instant::now();
    for _ in 0..50 {
        assert_eq!(get_or_insert(&cache, page("a"), "during").await, "during");
    }
    assert!(
        started.elapsed() < MAX_DELAY,
        "no command was sent to Redis"
    );
    server.thaw();
    recovery(&cache).await;
    assert_eq!(
        get_or_insert(&cache, page("a"), "after").await,
        "after",
        "everything was invalidated"
    );
    assert_eq!(
        get_or_insert(&cache, page("a"), "later").await,
        "after",
        "values are cached again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_invalidation_is_effective_for_all_after_recovery() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect_with(RedisOptions::default()).await),
        RedisCache::new(server.connect_with(RedisOptions::default()).await),
    );
    assert_eq!(get_or_insert(&one, page("a"), "before").await, "before");
    assert_eq!(get_or_insert(&other, page("a"), "").await, "before");
    server.freeze();
    let started = Instant::now();
    one.invalidate(&[CacheTag::Property(PROPERTY)]).await;
    assert!(
        started.elapsed() < MAX_DELAY && !one.report().available,
        "one failed invalidation opens the breaker"
    );
    assert!(
        other.report().available,
        "the other server still uses Redis"
    );
    server.thaw();
    recovery(&one).await;
    assert_eq!(get_or_insert(&other, page("a"), "after").await, "after");
    assert_eq!(get_or_insert(&one, page("a"), "later").await, "after");
}

/// A replica can be read, and nothing can be invalidated in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_redis_is_bypassed() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    let replicate = |of: [&str; 2]| {
        let _: () = redis::cmd("REPLICAOF")
            .arg(&of)
            .query(&mut server.raw())
            .unwrap();
    };
    assert_eq!(get_or_insert(&cache, page("a"), "before").await, "before");
    replicate(["127.0.0.1", "1"]);
    assert_eq!(get_or_insert(&cache, page("b"), "new").await, "new");
    assert!(!cache.report().available, "the value could not be stored");
    assert_eq!(get_or_insert(&cache, page("a"), "during").await, "during");
    replicate(["NO", "ONE"]);
    recovery(&cache).await;
    assert_eq!(get_or_insert(&cache, page("a"), "after").await, "after");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stale_values_do_not_reappear_from_an_older_snapshot() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(get_or_insert(&cache, page("a"), "before").await, "before");
    let _: () = redis::cmd("SAVE").query(&mut server.raw()).unwrap();
    cache.invalidate(&[CacheTag::Property(PROPERTY)]).await;
    assert_eq!(get_or_insert(&cache, page("a"), "after").await, "after");
    server.kill();
    server.restart();
    let version_key = format!("sojourn:1:topic:property:{PROPERTY}");
    assert!(
        server.keys("").contains(&version_key),
        "the snapshot contains the deleted version"
    );
    let (loaded, took) = timed(&cache, "a", "after").await;
    assert!(loaded == "after" && took < MAX_DELAY, "{loaded} {took:?}");
    recovery(&cache).await;
    assert_eq!(get_or_insert(&cache, page("a"), "later").await, "later");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_every_value_is_fresh_and_in_time_despite_outages() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect_with(RedisOptions::default()).await);
    let number = Arc::new(CachedNumber {
        cache,
        current: 0.into(),
        invalidated: 0.into(),
        stopped: false.into(),
    });
    let readers: Vec<_> = (0..8)
        .map(|_| tokio::spawn(read(Arc::clone(&number))))
        .collect();
    let writer = tokio::spawn(write(Arc::clone(&number)));
    let pause = || sleep(Duration::from_millis(400));
    pause().await;
    server.kill();
    pause().await;
    server.restart();
    recovery(&number.cache).await;
    pause().await;
    server.freeze();
    pause().await;
    server.thaw();
    recovery(&number.cache).await;
    pause().await;
    number.stopped.store(true, Ordering::SeqCst);
    writer.await.unwrap();
    for reader in readers {
        let (reads, longest) = reader.await.unwrap();
        assert!(
            reads > 100 && longest < Duration::from_millis(250),
            "{reads} reads, longest {longest:?}"
        );
    }
    let counts = number.cache.report().counts[0];
    assert!(
        counts.hits > 100 && counts.misses > 100 && counts.foreign == 0,
        "{counts:?}"
    );
}

/// A changing number and its cache.
struct CachedNumber {
    cache: RedisCache,
    current: AtomicUsize,
    invalidated: AtomicUsize,
    stopped: AtomicBool,
}

/// Asserts that every value is at least as new as the last change that was invalidated before the read.
async fn read(number: Arc<CachedNumber>) -> (usize, Duration) {
    let mut reads = 0;
    let mut longest = Duration::ZERO;
    while !number.stopped.load(Ordering::SeqCst) {
        let invalidated = number.invalidated.load(Ordering::SeqCst);
        let started = Instant::now();
        let load = async {
            Some(Arc::from(
                number.current.load(Ordering::SeqCst).to_string().as_bytes(),
            ))
        };
        let (value, _) = get(&number.cache, page("a"), Box::pin(load)).await;
        longest = longest.max(started.elapsed());
        let value: usize = value.unwrap().parse().unwrap();
        assert!(value >= invalidated, "{value} is older than {invalidated}");
        reads += 1;
        tokio::task::yield_now().await;
    }
    (reads, longest)
}

async fn write(number: Arc<CachedNumber>) {
    while !number.stopped.load(Ordering::SeqCst) {
        let new = number.current.fetch_add(1, Ordering::SeqCst) + 1;
        number
            .cache
            .invalidate(&[CacheTag::Property(PROPERTY)])
            .await;
        number.invalidated.store(new, Ordering::SeqCst);
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalidation_completes_when_its_caller_is_dropped() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect().await),
        RedisCache::new(server.connect().await),
    );
    assert_eq!(get_or_insert(&one, page("a"), "before").await, "before");
    let mut invalidation = one.invalidate(&[CacheTag::Property(PROPERTY)]);
    poll_fn(|context| Poll::Ready(invalidation.as_mut().poll(context).is_ready())).await;
    drop(invalidation);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(get_or_insert(&other, page("a"), "after").await, "after");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_may_start_after_the_server() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    server.kill();
    let redis = Redis::connect(&server.url(), RedisOptions::default()).unwrap();
    let cache = RedisCache::new(redis.clone());
    let (loaded, took) = timed(&cache, "a", "first").await;
    assert!(
        loaded == "first" && took < DEADLINE && !cache.report().available,
        "{took:?}"
    );
    let started = Instant::now();
    let error = redis
        .ping(Duration::from_millis(100))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("refused") && started.elapsed() < Duration::from_millis(300),
        "{error}"
    );
    server.restart();
    assert_eq!(redis.ping(Duration::from_secs(5)).await, Ok(()));
    assert_eq!(get_or_insert(&cache, page("a"), "second").await, "second");
    assert_eq!(
        get(&cache, page("a"), value("third")).await.1,
        CacheStatus::Hit
    );
}

#[test]
fn a_cache_works_on_other_runtimes_after_the_first_of_them_ended() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let main = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let cache = main.block_on(async { RedisCache::new(server.connect().await) });
    for round in 0..3 {
        let worker = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        worker.block_on(async {
            assert_eq!(
                get_or_insert(&cache, page("a"), "first").await,
                "first",
                "in round {round}"
            );
            cache.invalidate(&[CacheTag::Search]).await;
        });
    }
    assert_eq!(cache.report().counts[0].hits, 2);
    assert!(cache.report().available);
}
