//! Foreign values in Redis change no answer and are counted.

use serde_json::json;

use super::support::cache_reader::{CacheReader, NAMESPACES, overwrite};
use super::support::cluster::{Cluster, PATIENT};

const VARIABLES: [(&str, &str); 2] = [PATIENT, ("SOJOURN_RATE_LIMITS", "on")];

#[test]
fn foreign_cache_values_are_misses_and_counted() {
    let Some(cluster) = Cluster::start(&VARIABLES) else {
        return;
    };
    let reader = CacheReader::new(&cluster);
    assert_eq!(reader.foreign_values(&cluster), [0; 5]);
    let mut before = reader.foreign_values(&cluster);
    for what in [
        "redis.call('SET', k, 'garbage')",
        "redis.call('SET', k, '')",
        "redis.call('SET', k, string.rep('x', 300000))",
        "redis.call('DEL', k) redis.call('LPUSH', k, 'garbage')",
        "redis.call('DEL', k) redis.call('HSET', k, 'a', 'garbage')",
        "redis.call('DEL', k) redis.call('ZADD', k, 1, 'garbage')",
    ] {
        reader.assert_correct_after(&cluster, what);
        let after = reader.foreign_values(&cluster);
        let counted = after
            .iter()
            .zip(&before)
            .map(|(after, before)| after - before);
        println!(
            "{what}: {:?} by {NAMESPACES:?}",
            counted.clone().collect::<Vec<_>>()
        );
        assert!(counted.clone().sum::<u64>() > 0, "{what} is not counted");
        if what.contains("'SET'") {
            assert!(
                counted.clone().all(|it| it > 0),
                "{what} is not counted under each kind"
            );
        }
        before = after;
    }
}

/// Changes only cached answers, keeping their format plausible, or only cache tags.
#[test]
fn corrupted_cache_values_change_no_answer() {
    let Some(cluster) = Cluster::start(&VARIABLES) else {
        return;
    };
    let reader = CacheReader::new(&cluster);
    let answers = "if string.find(k, ':answer:', 1, true) then";
    // Format: mark, number of tags, tags, length, bytes.
    let head =
        "local v = redis.call('GET', k) local head = string.sub(v, 1, 2 + 16 * string.byte(v, 2))";
    for what in [
        format!("{answers} redis.call('SET', k, string.sub(redis.call('GET', k), 1, -2)) end"),
        format!("{answers} redis.call('APPEND', k, 'x') end"),
        format!("{answers} redis.call('SETRANGE', k, 0, 'x') end"),
        format!("{answers} redis.call('SETRANGE', k, 1, string.char(255)) end"),
        format!("{answers} redis.call('SETRANGE', k, 2, string.rep('x', 16)) end"),
        "if not string.find(k, ':answer:', 1, true) then redis.call('SET', k, string.rep('x', 16)) end"
            .into(),
        "if not string.find(k, ':answer:', 1, true) then redis.call('SET', k, '9e99') end".into(),
    ] {
        reader.assert_correct_after(&cluster, &what);
    }
    // A forged value with valid tags is served, but must not cause an error: an unparsable page is rendered again.
    for text in ["", "nonsense", "{}", "null", "\"7\"", "\"7-a\\nb\""] {
        let long = format!("string.char(0, 0, 0, {})", text.len());
        let what = format!("{answers} {head} redis.call('SET', k, head .. {long} .. '{text}') end");
        let (before, _) = reader.read_all(&cluster);
        overwrite(&cluster, &what);
        assert_eq!(reader.read_all(&cluster).0, before, "after {what}");
        cluster.redis.ask(&["FLUSHALL"]).unwrap();
    }
}

#[test]
fn foreign_counter_values_reset_the_limit() {
    let Some(cluster) = Cluster::start(&VARIABLES) else {
        return;
    };
    let limits = "if string.find(k, ':limit:', 1, true) then";
    for (n, value) in ["garbage", "", "-1", "9e99", "nan", "1e400"]
        .iter()
        .enumerate()
    {
        let email = format!("nobody-{n}@test.example");
        let guess = || {
            let words = json!({"email": email, "password": "not the right one"});
            cluster
                .servers()
                .map(|server| server.client().post("/v1/auth/login", &words).status)
        };
        let refused = || {
            (0..20)
                .map(|_| guess())
                .filter(|said| *said == [429, 429])
                .count()
        };
        assert!(refused() > 10);
        assert!(
            overwrite(
                &cluster,
                &format!("{limits} redis.call('SET', k, '{value}') end")
            ) > 0
        );
        assert_eq!(guess(), [401, 401], "after {value:?}");
        assert!(refused() > 10, "it counts again after {value:?}");
        overwrite(
            &cluster,
            &format!("{limits} redis.call('DEL', k) redis.call('LPUSH', k, '{value}') end"),
        );
        assert_eq!(guess(), [401, 401], "after a list of {value:?}");
        cluster.redis.ask(&["FLUSHALL"]).unwrap();
    }
}
