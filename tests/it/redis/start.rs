//! What the program says and does at its start when its Redis is not as it should be.

use std::net::TcpListener;
use std::thread;

use sojourn_tests::{Client, TestRedis};

use crate::doors::program::Program;

/// Nobody may ever read this.
const PASSWORD: &str = "hunter2-of-redis";

const SECRET: &str = "0123456789 a secret for these tests alone 9876543210";

/// A server on an embedded database, whose every word is logged.
fn serve(environment: &str, redis: &str) -> Program {
    let known = [
        ("SOJOURN_ENV", environment),
        ("SOJOURN_SECRET", SECRET),
        ("RUST_LOG", "trace"),
    ];
    Program::run(&["serve"], &[&known[..], &[("REDIS_URL", redis)]].concat())
}

/// Fails when it starts, or when what it says is not about its Redis.
fn refuses(mut program: Program) -> String {
    let (end, log) = (program.end(), program.log());
    assert!(
        end == Some(1) && !program.said().contains("listening on"),
        "{end:?} {log}"
    );
    assert!(!log.contains(PASSWORD), "{log}");
    let error = log
        .lines()
        .find(|line| line.starts_with("error: "))
        .unwrap_or(&log);
    assert!(error.starts_with("error: REDIS_URL: "), "{error}");
    error.to_owned()
}

fn url(port: &str, password: &str) -> String {
    format!("redis://:{password}@127.0.0.1:{port}/0")
}

fn port(redis: &TestRedis) -> String {
    redis.url().rsplit_once(':').unwrap().1.to_owned()
}

/// A port on which nobody listens.
fn nobody() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
        .to_string()
}

/// Every Redis that is of no use: one that is not there, one that is frozen, one with another password.
fn useless() -> Option<Vec<(String, Option<TestRedis>)>> {
    let (frozen, locked) = (TestRedis::start()?, TestRedis::start()?);
    frozen.freeze();
    locked
        .ask(&["CONFIG", "SET", "requirepass", "another one"])
        .unwrap();
    let all = [
        (nobody(), None),
        (port(&frozen), Some(frozen)),
        (port(&locked), Some(locked)),
    ];
    Some(
        all.into_iter()
            .map(|(port, redis)| (url(&port, PASSWORD), redis))
            .collect(),
    )
}

#[test]
fn production_does_not_start_without_its_redis() {
    let Some(useless) = useless() else { return };
    thread::scope(|scope| {
        for (url, _redis) in &useless {
            scope.spawn(move || {
                let error = refuses(serve("production", url));
                assert!(error.contains("Redis does not answer"), "{error}");
                assert!(
                    error.contains("start it, correct the URL, or unset it"),
                    "{error}"
                );
            });
        }
    });
}

#[test]
fn development_warns_and_goes_on_without_it() {
    let Some(useless) = useless() else { return };
    thread::scope(|scope| {
        for (url, _redis) in &useless {
            scope.spawn(move || {
                let mut program = serve("development", url);
                let client = Client::new(&program.url());
                for status in ["sojourn; fwd=miss", "sojourn; hit"] {
                    let answer = client.get("/v1/properties/?city=Nowhere").expect(200);
                    assert_eq!(
                        answer.header("cache-status"),
                        Some(status),
                        "kept in the process"
                    );
                    assert!(answer.header("ratelimit").is_some(), "and counted there");
                }
                let said = program.log();
                let warning = said
                    .lines()
                    .find(|line| line.contains("WARN") && line.contains("cache and limits"));
                assert!(
                    warning.is_some_and(|line| line.contains("Redis does not answer")),
                    "{said}"
                );
                assert!(
                    said.contains("cache=\"in process\" limits=\"in process\""),
                    "{said}"
                );
                assert!(!said.contains(PASSWORD), "{said}");
            });
        }
    });
}

#[test]
fn production_starts_with_it_and_says_no_password() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    redis
        .ask(&["CONFIG", "SET", "requirepass", PASSWORD])
        .unwrap();
    let mut program = serve("production", &url(&port(&redis), PASSWORD));
    let client = Client::new(&program.url());
    for status in ["sojourn; fwd=miss", "sojourn; hit"] {
        let answer = client.get("/v1/properties/?city=Nowhere").expect(200);
        assert_eq!(answer.header("cache-status"), Some(status));
    }
    redis.kill();
    client.get("/v1/properties/?city=Nowhere").expect(200);
    let said = program.log();
    assert!(
        said.contains("\"cache\":\"redis\"") && said.contains("\"limits\":\"redis\""),
        "{said}"
    );
    assert!(said.contains("Redis is away"), "{said}");
    assert!(!said.contains(PASSWORD), "{said}");
}

#[test]
fn a_url_that_is_none_is_refused_with_its_key() {
    for environment in ["development", "production"] {
        for url in [
            format!("http://:{PASSWORD}@127.0.0.1:6379"),
            format!("rediss://:{PASSWORD}@127.0.0.1:6379"),
            format!("redis://:{PASSWORD}@127.0.0.1:port"),
            format!("redis://:{PASSWORD}@127.0.0.1:6379/one"),
            PASSWORD.to_owned(),
        ] {
            refuses(serve(environment, &url));
        }
    }
}
