//! What several servers see of one another in one Redis, and what they do with what is not theirs.

use sojourn_application::ports::{Cache, CacheKey, Freshness, Shelf, Topic};
use sojourn_redis::{Redis, RedisCache, RedisOptions};

use crate::cache::{HOST, PROPERTY, answer, get, kept_or, page};
use crate::server::Server;

#[tokio::test]
async fn what_one_server_keeps_and_forgets_all_do() {
    let Some(server) = Server::start() else {
        return;
    };
    let (one, other) = (
        RedisCache::new(server.connect().await),
        RedisCache::new(server.connect().await),
    );
    assert_eq!(kept_or(&one, page("a"), "first").await, "first");
    assert_eq!(
        get(&other, page("a"), answer("second")).await,
        (Some("first".to_owned()), Freshness::Hit)
    );
    other.forget(&[Topic::Property(PROPERTY)]).await;
    assert_eq!(kept_or(&one, page("a"), "second").await, "second");
    one.forget_all().await;
    assert_eq!(kept_or(&other, page("a"), "third").await, "third");
}

#[tokio::test]
async fn each_kind_is_kept_for_its_time() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    for (shelf, seconds) in [
        (Shelf::Properties, 30),
        (Shelf::Profiles, 30),
        (Shelf::Reviews, 30),
        (Shelf::Searches, 5),
        (Shelf::Sessions, 30),
    ] {
        let key = CacheKey {
            shelf,
            name: "a".to_owned(),
            topics: vec![Topic::Search],
        };
        kept_or(&cache, key, "kept").await;
        let place = format!("sojourn:1:answer:{}:a", shelf.as_str());
        let left: i64 = redis::cmd("PTTL")
            .arg(&place)
            .query(&mut server.raw())
            .unwrap();
        assert!(
            (seconds * 1_000 - 1_000..=seconds * 1_000).contains(&left),
            "{place} {left}"
        );
    }
    for key in server.keys("") {
        let left: i64 = redis::cmd("PTTL")
            .arg(&key)
            .query(&mut server.raw())
            .unwrap();
        assert!(left > 0, "{key} is there for ever");
    }
}

#[tokio::test]
async fn garbage_in_the_place_of_an_answer_is_counted_and_overwritten() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(kept_or(&cache, page("a"), "first").await, "first");
    let place = server.keys("answer").pop().unwrap();
    for (times, garbage) in (1..).zip(["", "{\"id\": 1}", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"]) {
        let _: () = redis::cmd("SET")
            .arg(&place)
            .arg(garbage)
            .query(&mut server.raw())
            .unwrap();
        assert_eq!(
            get(&cache, page("a"), answer("new")).await,
            (Some("new".to_owned()), Freshness::Miss)
        );
        assert_eq!(cache.report().counts[0].garbage, times);
        assert_eq!(
            get(&cache, page("a"), answer("newer")).await.1,
            Freshness::Hit
        );
    }
    let _: () = redis::pipe()
        .del(&place)
        .rpush(&place, "a list")
        .query(&mut server.raw())
        .unwrap();
    assert_eq!(kept_or(&cache, page("a"), "new").await, "new");
    assert_eq!(
        get(&cache, page("a"), answer("newer")).await.1,
        Freshness::Hit
    );
}

#[tokio::test]
async fn garbage_in_the_place_of_a_token_is_counted_and_overwritten() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    let tokens = [
        "sojourn:1:epoch".to_owned(),
        format!("sojourn:1:topic:property:{PROPERTY}"),
        format!("sojourn:1:topic:profile:{HOST}"),
    ];
    let mut counted = 0;
    for place in tokens {
        for garbage in [
            redis::cmd("SET").arg(&place).arg("1"),
            redis::cmd("RPUSH").arg(&place).arg("a list"),
        ] {
            assert_eq!(kept_or(&cache, page("a"), "first").await, "first");
            let _: () = redis::pipe()
                .del(&place)
                .add_command(garbage.clone())
                .query(&mut server.raw())
                .unwrap();
            assert_eq!(kept_or(&cache, page("a"), "new").await, "new", "{place}");
            counted += 1;
            assert_eq!(cache.report().counts[0].garbage, counted, "{place}");
            assert_eq!(kept_or(&cache, page("a"), "newer").await, "new", "{place}");
            cache.forget_all().await;
        }
    }
    assert!(cache.report().available);
}

#[tokio::test]
async fn what_redis_refuses_to_keep_is_made_each_time() {
    let Some(server) = Server::start() else {
        return;
    };
    let cache = RedisCache::new(server.connect().await);
    assert_eq!(kept_or(&cache, page("a"), "first").await, "first");
    let mut raw = server.raw();
    let _: () = redis::cmd("CONFIG")
        .arg(&["SET", "maxmemory", "1"])
        .query(&mut raw)
        .unwrap();
    assert_eq!(
        kept_or(&cache, page("a"), "second").await,
        "first",
        "it is still read"
    );
    for made in ["second", "third"] {
        assert_eq!(kept_or(&cache, page("b"), made).await, made);
    }
    cache.forget(&[Topic::Property(PROPERTY)]).await;
    assert_eq!(kept_or(&cache, page("a"), "fourth").await, "fourth");
    assert!(
        cache.report().available,
        "an answer that says no is an answer"
    );
}

#[tokio::test]
async fn a_secret_is_never_shown() {
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
            .contains("redis://[user:password@]host[:port][/number]"),
        "{wrong}"
    );
    let cache = RedisCache::new(redis.clone());
    for shown in [
        format!("{redis:?} {refused:?} {wrong:?} {cache:?}"),
        format!("{refused} {wrong}"),
    ] {
        assert!(
            !shown.contains("hunter2") && !shown.contains("ana"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_server_that_wants_a_password_says_so() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut raw = server.raw();
    let _: () = redis::cmd("CONFIG")
        .arg(&["SET", "requirepass", "sesame"])
        .query(&mut raw)
        .unwrap();
    let patience = std::time::Duration::from_millis(700);
    let ping = async |url: String| {
        Redis::connect(&url, RedisOptions::default())
            .unwrap()
            .ping(patience)
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
        let said = ping(url).await.unwrap_err();
        assert!(
            said.to_lowercase().contains("auth") && !said.contains("hunter2"),
            "{said}"
        );
    }
}
