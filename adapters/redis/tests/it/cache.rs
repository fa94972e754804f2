//! What every cache promises, over the one in the process and the one in Redis.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sojourn_application::ports::{Cache, CacheKey, Freshness, Load, Shelf, Topic};
use sojourn_domain::shared::{PropertyId, UserId};
use sojourn_redis::{MemoryCache, RedisCache};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::server::Server;

pub const PROPERTY: PropertyId = PropertyId::new(Uuid::from_u128(1));
pub const HOST: UserId = UserId::new(Uuid::from_u128(2));

/// The page of a property.
pub fn page(name: &str) -> CacheKey {
    let topics = vec![Topic::Property(PROPERTY), Topic::Profile(HOST)];
    CacheKey {
        shelf: Shelf::Properties,
        name: name.to_owned(),
        topics,
    }
}

pub fn answer(text: &str) -> Load<'static> {
    let text = Arc::from(text.as_bytes());
    Box::pin(async move { Some(text) })
}

/// The answer as text, and whether it was kept.
pub async fn get(cache: &dyn Cache, key: CacheKey, load: Load<'_>) -> (Option<String>, Freshness) {
    let (answer, freshness) = cache.get_or_load(key, load).await;
    (
        answer.map(|it| String::from_utf8(it.to_vec()).unwrap()),
        freshness,
    )
}

/// The answer under a key, which is a new one where none is kept.
pub async fn kept_or(cache: &dyn Cache, key: CacheKey, new: &str) -> String {
    get(cache, key, answer(new)).await.0.unwrap()
}

/// Each cache by itself, and the server of that in Redis.
async fn caches() -> Vec<(Arc<dyn Cache>, Option<Server>)> {
    let mut all: Vec<(Arc<dyn Cache>, _)> = vec![(Arc::new(MemoryCache::new(1_000_000)), None)];
    if let Some(server) = Server::start() {
        all.push((
            Arc::new(RedisCache::new(server.connect().await)),
            Some(server),
        ));
    }
    all
}

#[tokio::test]
async fn an_answer_is_kept_until_a_topic_of_its_is_forgotten() {
    for (cache, _server) in caches().await {
        let cache = cache.as_ref();
        let first = (Some("first".to_owned()), Freshness::Miss);
        assert_eq!(get(cache, page("a"), answer("first")).await, first);
        assert_eq!(
            get(cache, page("a"), answer("second")).await,
            (first.0, Freshness::Hit)
        );
        assert_eq!(kept_or(cache, page("b"), "other").await, "other");

        cache
            .forget(&[
                Topic::Search,
                Topic::Profile(UserId::new(Uuid::from_u128(9))),
            ])
            .await;
        assert_eq!(kept_or(cache, page("a"), "second").await, "first");
        cache.forget(&[Topic::Search, Topic::Profile(HOST)]).await;
        assert_eq!(kept_or(cache, page("a"), "second").await, "second");
        assert_eq!(kept_or(cache, page("b"), "again").await, "again");
        cache.forget_all().await;
        assert_eq!(kept_or(cache, page("a"), "third").await, "third");
        cache.forget(&[]).await;
        assert_eq!(kept_or(cache, page("a"), "fourth").await, "third");
    }
}

#[tokio::test]
async fn kinds_do_not_mix_and_each_is_counted() {
    for (cache, server) in caches().await {
        let cache = cache.as_ref();
        for shelf in Shelf::ALL {
            let key = CacheKey {
                shelf,
                name: "same".to_owned(),
                topics: vec![Topic::Search],
            };
            assert_eq!(
                kept_or(cache, key.clone(), shelf.as_str()).await,
                shelf.as_str()
            );
            assert_eq!(kept_or(cache, key, "other").await, shelf.as_str());
        }
        let report = cache.report();
        assert!(report.available);
        assert_eq!(
            report.backend,
            if server.is_some() { "redis" } else { "memory" }
        );
        let counts = report
            .counts
            .iter()
            .map(|row| (row.shelf, row.hits, row.misses, row.garbage));
        assert!(counts.eq(Shelf::ALL.map(|shelf| (shelf, 1, 1, 0))));
    }
}

#[tokio::test]
async fn what_is_no_answer_or_too_large_is_not_kept() {
    for (cache, _server) in caches().await {
        let cache = cache.as_ref();
        assert_eq!(
            get(cache, page("none"), Box::pin(async { None })).await,
            (None, Freshness::Miss)
        );
        assert_eq!(kept_or(cache, page("none"), "some").await, "some");

        let (most, more) = ("x".repeat(256 * 1024), "x".repeat(256 * 1024 + 1));
        assert_eq!(kept_or(cache, page("most"), &most).await, most);
        assert_eq!(
            get(cache, page("most"), answer("small")).await.1,
            Freshness::Hit
        );
        assert_eq!(kept_or(cache, page("more"), &more).await, more);
        assert_eq!(kept_or(cache, page("more"), "small").await, "small");
        assert_eq!(kept_or(cache, page("empty"), "").await, "");
        assert_eq!(kept_or(cache, page("empty"), "full").await, "");
    }
}

#[tokio::test]
async fn an_answer_that_a_change_overtook_is_not_kept() {
    for (cache, _server) in caches().await {
        let overtaken: Load<'_> = Box::pin(async {
            cache.forget(&[Topic::Property(PROPERTY)]).await;
            Some(Arc::from(*b"before"))
        });
        assert_eq!(
            get(cache.as_ref(), page("a"), overtaken).await.0.as_deref(),
            Some("before")
        );
        assert_eq!(kept_or(cache.as_ref(), page("a"), "after").await, "after");
        assert_eq!(kept_or(cache.as_ref(), page("a"), "later").await, "after");
    }
}

/// An answer that is a while in the making, and counts how often it is made.
fn slow(made: &AtomicUsize) -> Load<'_> {
    Box::pin(async {
        made.fetch_add(1, Ordering::SeqCst);
        sleep(Duration::from_millis(200)).await;
        Some(Arc::from(*b"slow"))
    })
}

#[tokio::test]
async fn of_a_hundred_who_ask_at_once_one_makes_the_answer() {
    for (cache, _server) in caches().await {
        let (made, mut all) = (Arc::new(AtomicUsize::new(0)), JoinSet::new());
        for _ in 0..100 {
            let (cache, made) = (Arc::clone(&cache), Arc::clone(&made));
            all.spawn(async move { get(cache.as_ref(), page("a"), slow(&made)).await });
        }
        let answers = all.join_all().await;
        assert!(
            answers
                .iter()
                .all(|it| *it == (Some("slow".to_owned()), Freshness::Miss)),
            "{answers:?}"
        );
        assert_eq!((answers.len(), made.load(Ordering::SeqCst)), (100, 1));
        assert_eq!(cache.report().counts[0].misses, 100);
    }
}

#[tokio::test]
async fn who_asks_after_a_change_does_not_take_an_answer_of_before() {
    for (cache, _server) in caches().await {
        let made = AtomicUsize::new(0);
        let late = async {
            sleep(Duration::from_millis(100)).await;
            cache.forget(&[Topic::Property(PROPERTY)]).await;
            kept_or(cache.as_ref(), page("a"), "after").await
        };
        let (before, after) = tokio::join!(get(cache.as_ref(), page("a"), slow(&made)), late);
        assert_eq!(
            (before.0.as_deref(), after.as_str()),
            (Some("slow"), "after")
        );
        assert_ne!(kept_or(cache.as_ref(), page("a"), "later").await, "slow");
    }
}

#[tokio::test]
async fn one_who_leaves_takes_nobody_along() {
    for (cache, _server) in caches().await {
        let made = AtomicUsize::new(0);
        let leaves = timeout(
            Duration::from_millis(100),
            get(cache.as_ref(), page("a"), slow(&made)),
        );
        let stays = get(cache.as_ref(), page("a"), slow(&made));
        let (left, stayed) = tokio::join!(leaves, stays);
        assert!(left.is_err());
        assert_eq!(
            (stayed.0.as_deref(), made.load(Ordering::SeqCst)),
            (Some("slow"), 2)
        );
        assert_eq!(kept_or(cache.as_ref(), page("a"), "new").await, "slow");
    }
}

#[tokio::test]
async fn in_the_process_an_answer_is_kept_for_a_second() {
    let cache = MemoryCache::new(1_000_000);
    assert_eq!(kept_or(&cache, page("a"), "first").await, "first");
    sleep(Duration::from_millis(500)).await;
    assert_eq!(kept_or(&cache, page("a"), "second").await, "first");
    sleep(Duration::from_millis(600)).await;
    assert_eq!(kept_or(&cache, page("a"), "second").await, "second");
}
