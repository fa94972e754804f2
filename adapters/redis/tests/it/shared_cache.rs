//! Tests of several servers on one Redis, of foreign data in it, and of its errors.

use sojourn_application::ports::{Cache, CacheKey, CacheNamespace, CacheStatus, CacheTag};
use sojourn_redis::{Redis, RedisCache, RedisOptions};

use crate::cache::{HOST, PROPERTY, get, get_or_insert, page, value};
use crate::redis_server::RedisServer;

#[tokio::test]
async fn values_and_invalidations_of_one_server_are_seen_by_all() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect().await),
        RedisCache::new(server.connect().await),
    );
    assert_eq!(get_or_insert(&one, page("a"), "first").await, "first");
    assert_eq!(
        get(&other, page("a"), value("second")).await,
        (Some("first".to_owned()), CacheStatus::Hit)
    );
    other.invalidate(&[CacheTag::Property(PROPERTY)]).await;
    assert_eq!(get_or_insert(&one, page("a"), "second").await, "second");
    one.clear().await;
    assert_eq!(get_or_insert(&other, page("a"), "third").await, "third");
}

#[tokio::test]
async fn releases_with_other_answers_share_invalidations_and_no_values() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (older, newer) = (
        RedisCache::new(server.connect().await).with_form("old".to_owned()),
        RedisCache::new(server.connect().await).with_form("new".to_owned()),
    );
    assert_eq!(get_or_insert(&older, page("a"), "older").await, "older");
    assert_eq!(get_or_insert(&newer, page("a"), "newer").await, "newer");
    assert_eq!(get_or_insert(&older, page("a"), "other").await, "older");
    older.invalidate(&[CacheTag::Property(PROPERTY)]).await;
    assert_eq!(get_or_insert(&newer, page("a"), "changed").await, "changed");
}

#[tokio::test]
async fn each_namespace_has_its_lifetime() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    for (namespace, seconds) in [
        (CacheNamespace::Properties, 30),
        (CacheNamespace::Profiles, 30),
        (CacheNamespace::Reviews, 30),
        (CacheNamespace::Searches, 5),
        (CacheNamespace::Queries, 5),
        (CacheNamespace::Sessions, 30),
    ] {
        let key = CacheKey {
            namespace,
            name: "a".to_owned(),
            tags: vec![CacheTag::Search],
        };
        get_or_insert(&cache, key, "value").await;
        let value_key = format!("sojourn:1:answer:0:{}:a", namespace.as_str());
        let ttl_ms: i64 = redis::cmd("PTTL")
            .arg(&value_key)
            .query(&mut server.raw())
            .unwrap();
        assert!(
            (seconds * 1_000 - 1_000..=seconds * 1_000).contains(&ttl_ms),
            "{value_key} {ttl_ms}"
        );
    }
    for key in server.keys("") {
        let ttl_ms: i64 = redis::cmd("PTTL")
            .arg(&key)
            .query(&mut server.raw())
            .unwrap();
        assert!(ttl_ms > 0, "{key} never expires");
    }
}

#[tokio::test]
async fn foreign_data_in_place_of_a_value_is_counted_and_overwritten() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(get_or_insert(&cache, page("a"), "first").await, "first");
    let value_key = server.keys("answer").pop().unwrap();
    for (times, foreign) in (1..).zip(["", "{\"id\": 1}", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"]) {
        let _: () = redis::cmd("SET")
            .arg(&value_key)
            .arg(foreign)
            .query(&mut server.raw())
            .unwrap();
        assert_eq!(
            get(&cache, page("a"), value("new")).await,
            (Some("new".to_owned()), CacheStatus::Miss)
        );
        assert_eq!(cache.report().counts[0].foreign, times);
        assert_eq!(
            get(&cache, page("a"), value("newer")).await.1,
            CacheStatus::Hit
        );
    }
    let _: () = redis::pipe()
        .del(&value_key)
        .rpush(&value_key, "a list")
        .query(&mut server.raw())
        .unwrap();
    assert_eq!(get_or_insert(&cache, page("a"), "new").await, "new");
    assert_eq!(
        get(&cache, page("a"), value("newer")).await.1,
        CacheStatus::Hit
    );
}

#[tokio::test]
async fn foreign_data_in_place_of_a_tag_version_is_counted_and_overwritten() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    let version_keys = [
        "sojourn:1:epoch".to_owned(),
        format!("sojourn:1:topic:property:{PROPERTY}"),
        format!("sojourn:1:topic:profile:{HOST}"),
    ];
    let mut counted = 0;
    for version_key in version_keys {
        for foreign in [
            redis::cmd("SET").arg(&version_key).arg("1"),
            redis::cmd("RPUSH").arg(&version_key).arg("a list"),
        ] {
            assert_eq!(get_or_insert(&cache, page("a"), "first").await, "first");
            let _: () = redis::pipe()
                .del(&version_key)
                .add_command(foreign.clone())
                .query(&mut server.raw())
                .unwrap();
            assert_eq!(
                get_or_insert(&cache, page("a"), "new").await,
                "new",
                "{version_key}"
            );
            counted += 1;
            assert_eq!(cache.report().counts[0].foreign, counted, "{version_key}");
            assert_eq!(
                get_or_insert(&cache, page("a"), "newer").await,
                "new",
                "{version_key}"
            );
            cache.clear().await;
        }
    }
    assert!(cache.report().available);
}

#[tokio::test]
async fn values_that_redis_refuses_to_store_are_loaded_each_time() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(get_or_insert(&cache, page("a"), "first").await, "first");
    let mut raw = server.raw();
    let _: () = redis::cmd("CONFIG")
        .arg(&["SET", "maxmemory", "1"])
        .query(&mut raw)
        .unwrap();
    assert_eq!(
        get_or_insert(&cache, page("a"), "second").await,
        "first",
        "stored values are still read"
    );
    for loaded in ["second", "third"] {
        assert_eq!(get_or_insert(&cache, page("b"), loaded).await, loaded);
    }
    cache.invalidate(&[CacheTag::Property(PROPERTY)]).await;
    assert_eq!(get_or_insert(&cache, page("a"), "fourth").await, "fourth");
    assert!(cache.report().available, "a rejected command is an answer");
}

#[tokio::test]
async fn secrets_are_never_displayed() {
    let url = "redis://ana:hunter2@127.0.0.1:1/0";
    let redis = Redis::connect(url, RedisOptions::default()).unwrap();
    let refused = redis
        .ping(std::time::Duration::from_millis(200))
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("refused"), "{refused}");
    let wrong = Redis::connect("redis://ana:hunter2@host/x", RedisOptions::default()).unwrap_err();
    assert!(
        wrong
            .to_string()
            .contains("redis://[user:password@]host[:port][/database]"),
        "{wrong}"
    );
    let cache = RedisCache::new(redis.clone());
    for text in [
        format!("{redis:?} {refused:?} {wrong:?} {cache:?}"),
        format!("{refused} {wrong}"),
    ] {
        assert!(!text.contains("hunter2") && !text.contains("ana"), "{text}");
    }
}

#[tokio::test]
async fn a_missing_or_wrong_password_is_reported() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let mut raw = server.raw();
    let _: () = redis::cmd("CONFIG")
        .arg(&["SET", "requirepass", "sesame"])
        .query(&mut raw)
        .unwrap();
    let timeout = std::time::Duration::from_millis(700);
    let ping = async |url: String| {
        Redis::connect(&url, RedisOptions::default())
            .unwrap()
            .ping(timeout)
            .await
            .map_err(|it| it.to_string())
    };
    let port = server.port;
    assert_eq!(
        ping(format!("redis://:sesame@127.0.0.1:{port}")).await,
        Ok(())
    );
    for url in [
        format!("redis://127.0.0.1:{port}"),
        format!("redis://:hunter2@127.0.0.1:{port}"),
    ] {
        let error = ping(url).await.unwrap_err();
        assert!(
            error.to_lowercase().contains("auth") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
