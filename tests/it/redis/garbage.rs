//! Redis holds what none of us wrote: the answers stay right, and it is counted.

use serde_json::json;

use super::looker::{Looker, SHELVES, overwrite};
use super::pair::{PATIENT, Pair};

const VARIABLES: [(&str, &str); 2] = [PATIENT, ("SOJOURN_RATE_LIMITS", "on")];

#[test]
fn what_others_wrote_over_our_keys_is_a_miss_and_counted() {
    let Some(pair) = Pair::start(&VARIABLES) else {
        return;
    };
    let looker = Looker::new(&pair);
    assert_eq!(looker.garbage(&pair), [0; 5]);
    let mut before = looker.garbage(&pair);
    for what in [
        "redis.call('SET', k, 'garbage')",
        "redis.call('SET', k, '')",
        "redis.call('SET', k, string.rep('x', 300000))",
        "redis.call('DEL', k) redis.call('LPUSH', k, 'garbage')",
        "redis.call('DEL', k) redis.call('HSET', k, 'a', 'garbage')",
        "redis.call('DEL', k) redis.call('ZADD', k, 1, 'garbage')",
    ] {
        looker.is_right_after(&pair, what);
        let after = looker.garbage(&pair);
        let counted = after
            .iter()
            .zip(&before)
            .map(|(after, before)| after - before);
        println!(
            "{what}: {:?} by {SHELVES:?}",
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

/// Answers alone are changed here, and so that they still look like ours; or the tokens alone.
#[test]
fn what_looks_like_ours_and_is_not_changes_nothing() {
    let Some(pair) = Pair::start(&VARIABLES) else {
        return;
    };
    let looker = Looker::new(&pair);
    let answers = "if string.find(k, ':answer:', 1, true) then";
    // A mark, how many tokens, the tokens; how many bytes, the bytes.
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
        looker.is_right_after(&pair, &what);
    }
    // Whoever knows the tokens can say anything, but not make us fail: what is no page of ours is made anew.
    for text in ["", "nonsense", "{}", "null", "\"7\"", "\"7-a\\nb\""] {
        let long = format!("string.char(0, 0, 0, {})", text.len());
        let what = format!("{answers} {head} redis.call('SET', k, head .. {long} .. '{text}') end");
        let (before, _) = looker.look(&pair);
        overwrite(&pair, &what);
        assert_eq!(looker.look(&pair).0, before, "after {what}");
        pair.redis.ask(&["FLUSHALL"]).unwrap();
    }
}

#[test]
fn garbage_in_the_place_of_a_counter_is_a_whole_quota() {
    let Some(pair) = Pair::start(&VARIABLES) else {
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
            pair.servers()
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
                &pair,
                &format!("{limits} redis.call('SET', k, '{value}') end")
            ) > 0
        );
        assert_eq!(guess(), [401, 401], "after {value:?}");
        assert!(refused() > 10, "it counts again after {value:?}");
        overwrite(
            &pair,
            &format!("{limits} redis.call('DEL', k) redis.call('LPUSH', k, '{value}') end"),
        );
        assert_eq!(guess(), [401, 401], "after a list of {value:?}");
        pair.redis.ask(&["FLUSHALL"]).unwrap();
    }
}
