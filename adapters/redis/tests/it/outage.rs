//! Redis frozen, killed, and back: nobody waits for it, and nothing of before comes back with it.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use sojourn_application::ports::{Cache, Freshness, Topic};
use sojourn_redis::{Redis, RedisCache, RedisOptions};
use tokio::time::sleep;

use crate::cache::{PROPERTY, answer, get, kept_or, page};
use crate::server::Server;

/// The deadline of a command.
const DEADLINE: Duration = Duration::from_millis(50);

/// And what a busy machine adds.
const BOUNDED: Duration = Duration::from_millis(250);

async fn timed(cache: &RedisCache, name: &str, new: &str) -> (String, Duration) {
    let started = Instant::now();
    (kept_or(cache, page(name), new).await, started.elapsed())
}

/// How long until it is asked again.
async fn recovery(cache: &RedisCache) -> Duration {
    let started = Instant::now();
    while !cache.report().available {
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "Redis is back and not asked"
        );
        sleep(Duration::from_millis(10)).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frozen_it_is_passed_over_after_three_deadlines() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect_with(RedisOptions::default()).await);
    assert_eq!(kept_or(&cache, page("a"), "before").await, "before");
    server.freeze();
    let mut quickest = BOUNDED;
    for _ in 0..3 {
        assert!(cache.report().available);
        let (made, took) = timed(&cache, "a", "meanwhile").await;
        assert!(
            made == "meanwhile" && took >= DEADLINE && took < BOUNDED,
            "{took:?}"
        );
        quickest = quickest.min(took);
    }
    assert!(
        quickest < DEADLINE + Duration::from_millis(10),
        "{quickest:?}"
    );
    assert!(!cache.report().available);
    let started = Instant::now();
    for _ in 0..50 {
        assert_eq!(kept_or(&cache, page("a"), "meanwhile").await, "meanwhile");
    }
    assert!(started.elapsed() < BOUNDED, "Redis was not asked once");
    server.thaw();
    recovery(&cache).await;
    assert_eq!(
        kept_or(&cache, page("a"), "after").await,
        "after",
        "everything was forgotten"
    );
    assert_eq!(
        kept_or(&cache, page("a"), "later").await,
        "after",
        "and is kept again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_could_not_be_announced_is_seen_by_all_once_redis_is_back() {
    let Some(server) = Server::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect_with(RedisOptions::default()).await),
        RedisCache::new(server.connect_with(RedisOptions::default()).await),
    );
    assert_eq!(kept_or(&one, page("a"), "before").await, "before");
    assert_eq!(kept_or(&other, page("a"), "").await, "before");
    server.freeze();
    let started = Instant::now();
    one.forget(&[Topic::Property(PROPERTY)]).await;
    assert!(
        started.elapsed() < BOUNDED && !one.report().available,
        "one that failed is enough"
    );
    assert!(
        other.report().available,
        "the other has not noticed anything"
    );
    server.thaw();
    recovery(&one).await;
    assert_eq!(kept_or(&other, page("a"), "after").await, "after");
    assert_eq!(kept_or(&one, page("a"), "later").await, "after");
}

/// It reads, and what changed cannot be forgotten in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_refuses_to_write_is_passed_over() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    let copies = |of: [&str; 2]| {
        let _: () = redis::cmd("REPLICAOF")
            .arg(&of)
            .query(&mut server.raw())
            .unwrap();
    };
    assert_eq!(kept_or(&cache, page("a"), "before").await, "before");
    copies(["127.0.0.1", "1"]);
    assert_eq!(kept_or(&cache, page("b"), "new").await, "new");
    assert!(!cache.report().available, "that could not be kept");
    assert_eq!(kept_or(&cache, page("a"), "meanwhile").await, "meanwhile");
    copies(["NO", "ONE"]);
    recovery(&cache).await;
    assert_eq!(kept_or(&cache, page("a"), "after").await, "after");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_comes_back_with_an_older_memory() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(kept_or(&cache, page("a"), "before").await, "before");
    let _: () = redis::cmd("SAVE").query(&mut server.raw()).unwrap();
    cache.forget(&[Topic::Property(PROPERTY)]).await;
    assert_eq!(kept_or(&cache, page("a"), "after").await, "after");
    server.kill();
    server.restart();
    let token = format!("sojourn:1:topic:property:{PROPERTY}");
    assert!(
        server.keys("").contains(&token),
        "it remembers what was forgotten"
    );
    let (made, took) = timed(&cache, "a", "after").await;
    assert!(made == "after" && took < BOUNDED, "{made} {took:?}");
    recovery(&cache).await;
    assert_eq!(kept_or(&cache, page("a"), "later").await, "later");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_every_answer_is_there_in_time_and_right() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect_with(RedisOptions::default()).await);
    let world = Arc::new(World {
        cache,
        changed: 0.into(),
        announced: 0.into(),
        over: false.into(),
    });
    let readers: Vec<_> = (0..8)
        .map(|_| tokio::spawn(read(Arc::clone(&world))))
        .collect();
    let writer = tokio::spawn(write(Arc::clone(&world)));
    let pause = || sleep(Duration::from_millis(400));
    pause().await;
    server.kill();
    pause().await;
    server.restart();
    recovery(&world.cache).await;
    pause().await;
    server.freeze();
    pause().await;
    server.thaw();
    recovery(&world.cache).await;
    pause().await;
    world.over.store(true, Ordering::SeqCst);
    writer.await.unwrap();
    for reader in readers {
        let (read, longest) = reader.await.unwrap();
        assert!(
            read > 100 && longest < Duration::from_millis(250),
            "{read} answers, longest {longest:?}"
        );
    }
    let counts = world.cache.report().counts[0];
    assert!(
        counts.hits > 100 && counts.misses > 100 && counts.garbage == 0,
        "{counts:?}"
    );
}

/// Something that changes, and the cache before it.
struct World {
    cache: RedisCache,
    changed: AtomicUsize,
    announced: AtomicUsize,
    over: AtomicBool,
}

/// Every answer is at least as new as the last change that was announced before it was asked for.
async fn read(world: Arc<World>) -> (usize, Duration) {
    let (mut answers, mut longest) = (0, Duration::ZERO);
    while !world.over.load(Ordering::SeqCst) {
        let (announced, started) = (world.announced.load(Ordering::SeqCst), Instant::now());
        let made = async {
            Some(Arc::from(
                world.changed.load(Ordering::SeqCst).to_string().as_bytes(),
            ))
        };
        let (answer, _) = get(&world.cache, page("a"), Box::pin(made)).await;
        longest = longest.max(started.elapsed());
        let answer: usize = answer.unwrap().parse().unwrap();
        assert!(answer >= announced, "{answer} is older than {announced}");
        answers += 1;
        tokio::task::yield_now().await;
    }
    (answers, longest)
}

async fn write(world: Arc<World>) {
    while !world.over.load(Ordering::SeqCst) {
        let changed = world.changed.fetch_add(1, Ordering::SeqCst) + 1;
        world.cache.forget(&[Topic::Property(PROPERTY)]).await;
        world.announced.store(changed, Ordering::SeqCst);
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_announces_and_leaves_has_announced() {
    let Some(server) = Server::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect().await),
        RedisCache::new(server.connect().await),
    );
    assert_eq!(kept_or(&one, page("a"), "before").await, "before");
    let mut forgetting = one.forget(&[Topic::Property(PROPERTY)]);
    poll_fn(|context| Poll::Ready(forgetting.as_mut().poll(context).is_ready())).await;
    drop(forgetting);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(kept_or(&other, page("a"), "after").await, "after");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_may_come_later_than_we() {
    let Some(mut server) = Server::start() else {
        return;
    };
    server.kill();
    let redis = Redis::connect(&server.url(), RedisOptions::default()).unwrap();
    let cache = RedisCache::new(redis.clone());
    let (made, took) = timed(&cache, "a", "first").await;
    assert!(
        made == "first" && took < DEADLINE && !cache.report().available,
        "{took:?}"
    );
    let started = Instant::now();
    let away = redis
        .ping(Duration::from_millis(100))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        away.contains("refused") && started.elapsed() < Duration::from_millis(300),
        "{away}"
    );
    server.restart();
    assert_eq!(redis.ping(Duration::from_secs(5)).await, Ok(()));
    assert_eq!(kept_or(&cache, page("a"), "second").await, "second");
    assert_eq!(
        get(&cache, page("a"), answer("third")).await.1,
        Freshness::Hit
    );
}

#[test]
fn it_serves_those_on_other_runtimes_after_the_first_of_them_ended() {
    let Some(server) = Server::start() else {
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
                kept_or(&cache, page("a"), "first").await,
                "first",
                "in round {round}"
            );
            cache.forget(&[Topic::Search]).await;
        });
    }
    assert_eq!(cache.report().counts[0].hits, 2);
    assert!(cache.report().available);
}
