//! The contract of every cache, tested in memory and in Redis.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sojourn_application::ports::{Cache, CacheKey, CacheNamespace, CacheStatus, CacheTag, Load};
use sojourn_domain::shared::{PropertyId, UserId};
use sojourn_redis::{MemoryCache, RedisCache};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::redis_server::RedisServer;

pub const PROPERTY: PropertyId = PropertyId::new(Uuid::from_u128(1));
pub const HOST: UserId = UserId::new(Uuid::from_u128(2));

/// Key of the page of a property.
pub fn page(name: &str) -> CacheKey {
    let tags = vec![CacheTag::Property(PROPERTY), CacheTag::Profile(HOST)];
    CacheKey {
        namespace: CacheNamespace::Properties,
        name: name.to_owned(),
        tags,
    }
}

pub fn value(text: &str) -> Load<'static> {
    let text = Arc::from(text.as_bytes());
    Box::pin(async move { Some(text) })
}

/// The value as text, and whether it came from the cache.
pub async fn get(
    cache: &dyn Cache,
    key: CacheKey,
    load: Load<'_>,
) -> (Option<String>, CacheStatus) {
    let (value, cache_status) = cache.get_or_load(key, load).await;
    (
        value.map(|it| String::from_utf8(it.to_vec()).unwrap()),
        cache_status,
    )
}

/// The cached value, or else the new one.
pub async fn get_or_insert(cache: &dyn Cache, key: CacheKey, new: &str) -> String {
    get(cache, key, value(new)).await.0.unwrap()
}

/// Each implementation, with the server of the one in Redis.
async fn caches() -> Vec<(Arc<dyn Cache>, Option<RedisServer>)> {
    let mut all: Vec<(Arc<dyn Cache>, _)> = vec![(Arc::new(MemoryCache::new(1_000_000)), None)];
    if let Some(server) = RedisServer::start() {
        all.push((
            Arc::new(RedisCache::new(server.connect().await)),
            Some(server),
        ));
    }
    all
}

#[tokio::test]
async fn a_value_is_cached_until_one_of_its_tags_is_invalidated() {
    for (cache, _server) in caches().await {
        let cache = cache.as_ref();
        let first = (Some("first".to_owned()), CacheStatus::Miss);
        assert_eq!(get(cache, page("a"), value("first")).await, first);
        assert_eq!(
            get(cache, page("a"), value("second")).await,
            (first.0, CacheStatus::Hit)
        );
        assert_eq!(get_or_insert(cache, page("b"), "other").await, "other");

        cache
            .invalidate(&[
                CacheTag::Search,
                CacheTag::Profile(UserId::new(Uuid::from_u128(9))),
            ])
            .await;
        assert_eq!(get_or_insert(cache, page("a"), "second").await, "first");
        cache
            .invalidate(&[CacheTag::Search, CacheTag::Profile(HOST)])
            .await;
        assert_eq!(get_or_insert(cache, page("a"), "second").await, "second");
        assert_eq!(get_or_insert(cache, page("b"), "again").await, "again");
        cache.clear().await;
        assert_eq!(get_or_insert(cache, page("a"), "third").await, "third");
        cache.invalidate(&[]).await;
        assert_eq!(get_or_insert(cache, page("a"), "fourth").await, "third");
    }
}

#[tokio::test]
async fn namespaces_are_separate_and_counted_separately() {
    for (cache, server) in caches().await {
        let cache = cache.as_ref();
        for namespace in CacheNamespace::ALL {
            let key = CacheKey {
                namespace,
                name: "same".to_owned(),
                tags: vec![CacheTag::Search],
            };
            assert_eq!(
                get_or_insert(cache, key.clone(), namespace.as_str()).await,
                namespace.as_str()
            );
            assert_eq!(get_or_insert(cache, key, "other").await, namespace.as_str());
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
            .map(|row| (row.namespace, row.hits, row.misses, row.foreign));
        assert!(counts.eq(CacheNamespace::ALL.map(|namespace| (namespace, 1, 1, 0))));
    }
}

#[tokio::test]
async fn missing_and_too_large_values_are_not_cached() {
    for (cache, _server) in caches().await {
        let cache = cache.as_ref();
        assert_eq!(
            get(cache, page("none"), Box::pin(async { None })).await,
            (None, CacheStatus::Miss)
        );
        assert_eq!(get_or_insert(cache, page("none"), "some").await, "some");

        let largest = "x".repeat(256 * 1024);
        let too_large = "x".repeat(256 * 1024 + 1);
        assert_eq!(
            get_or_insert(cache, page("largest"), &largest).await,
            largest
        );
        assert_eq!(
            get(cache, page("largest"), value("small")).await.1,
            CacheStatus::Hit
        );
        assert_eq!(
            get_or_insert(cache, page("too_large"), &too_large).await,
            too_large
        );
        assert_eq!(
            get_or_insert(cache, page("too_large"), "small").await,
            "small"
        );
        assert_eq!(get_or_insert(cache, page("empty"), "").await, "");
        assert_eq!(get_or_insert(cache, page("empty"), "full").await, "");
    }
}

#[tokio::test]
async fn a_value_invalidated_while_it_was_loaded_is_not_cached() {
    for (cache, _server) in caches().await {
        let invalidated: Load<'_> = Box::pin(async {
            cache.invalidate(&[CacheTag::Property(PROPERTY)]).await;
            Some(Arc::from(*b"before"))
        });
        assert_eq!(
            get(cache.as_ref(), page("a"), invalidated)
                .await
                .0
                .as_deref(),
            Some("before")
        );
        assert_eq!(
            get_or_insert(cache.as_ref(), page("a"), "after").await,
            "after"
        );
        assert_eq!(
            get_or_insert(cache.as_ref(), page("a"), "later").await,
            "after"
        );
    }
}

/// A slow load that counts its calls.
fn slow(loads: &AtomicUsize) -> Load<'_> {
    Box::pin(async {
        loads.fetch_add(1, Ordering::SeqCst);
        sleep(Duration::from_millis(200)).await;
        Some(Arc::from(*b"slow"))
    })
}

#[tokio::test]
async fn a_hundred_concurrent_misses_load_once() {
    for (cache, _server) in caches().await {
        let loads = Arc::new(AtomicUsize::new(0));
        let mut callers = JoinSet::new();
        for _ in 0..100 {
            let cache = Arc::clone(&cache);
            let loads = Arc::clone(&loads);
            callers.spawn(async move { get(cache.as_ref(), page("a"), slow(&loads)).await });
        }
        let values = callers.join_all().await;
        assert!(
            values
                .iter()
                .all(|it| *it == (Some("slow".to_owned()), CacheStatus::Miss)),
            "{values:?}"
        );
        assert_eq!(values.len(), 100);
        assert_eq!(loads.load(Ordering::SeqCst), 1);
        assert_eq!(cache.report().counts[0].misses, 100);
    }
}

#[tokio::test]
async fn a_caller_after_a_change_does_not_join_a_load_from_before_it() {
    for (cache, _server) in caches().await {
        let loads = AtomicUsize::new(0);
        let late = async {
            sleep(Duration::from_millis(100)).await;
            cache.invalidate(&[CacheTag::Property(PROPERTY)]).await;
            get_or_insert(cache.as_ref(), page("a"), "after").await
        };
        let (before, after) = tokio::join!(get(cache.as_ref(), page("a"), slow(&loads)), late);
        assert_eq!(
            (before.0.as_deref(), after.as_str()),
            (Some("slow"), "after")
        );
        assert_ne!(
            get_or_insert(cache.as_ref(), page("a"), "later").await,
            "slow"
        );
    }
}

#[tokio::test]
async fn a_dropped_caller_does_not_cancel_the_others() {
    for (cache, _server) in caches().await {
        let loads = AtomicUsize::new(0);
        let dropped = timeout(
            Duration::from_millis(100),
            get(cache.as_ref(), page("a"), slow(&loads)),
        );
        let waiting = get(cache.as_ref(), page("a"), slow(&loads));
        let (dropped, loaded) = tokio::join!(dropped, waiting);
        assert!(dropped.is_err());
        assert_eq!(loaded.0.as_deref(), Some("slow"));
        assert_eq!(loads.load(Ordering::SeqCst), 2);
        assert_eq!(
            get_or_insert(cache.as_ref(), page("a"), "new").await,
            "slow"
        );
    }
}

#[tokio::test]
async fn in_memory_a_value_is_cached_for_one_second() {
    let cache = MemoryCache::new(1_000_000);
    assert_eq!(get_or_insert(&cache, page("a"), "first").await, "first");
    sleep(Duration::from_millis(500)).await;
    assert_eq!(get_or_insert(&cache, page("a"), "second").await, "first");
    sleep(Duration::from_millis(600)).await;
    assert_eq!(get_or_insert(&cache, page("a"), "second").await, "second");
}
