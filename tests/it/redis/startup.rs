//! Startup with an unavailable or misconfigured Redis.

use std::net::TcpListener;
use std::thread;

use sojourn_tests::{Client, TestRedis};

use crate::security::support::process::Program;

/// Must not appear in any output.
const PASSWORD: &str = "hunter2-of-redis";

const SECRET: &str = "Vt5kR8mW2xQ9dN4jH7bZ1pLcYf6GsE3a";

/// A server on an embedded database, with logging at its lowest level.
fn serve(environment: &str, redis: &str) -> Program {
    let known = [
        ("SOJOURN_ENV", environment),
        ("SOJOURN_SECRET", SECRET),
        ("RUST_LOG", "trace"),
    ];
    Program::run(&["serve"], &[&known[..], &[("REDIS_URL", redis)]].concat())
}

/// Runs a program that must fail to start because of Redis; the error.
fn startup_error(mut program: Program) -> String {
    let (end, log) = (program.wait_for_exit(), program.log());
    assert!(
        end == Some(1) && !program.stdout().contains("listening on"),
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

/// A port without a listener.
fn unused_port() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
        .to_string()
}

/// Unavailable Redis servers: not running, frozen, or with another password.
fn unavailable_servers() -> Option<Vec<(String, Option<TestRedis>)>> {
    let (frozen, locked) = (TestRedis::start()?, TestRedis::start()?);
    frozen.freeze();
    locked
        .ask(&["CONFIG", "SET", "requirepass", "another one"])
        .unwrap();
    let all = [
        (unused_port(), None),
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
fn production_does_not_start_without_redis() {
    let Some(unavailable_servers) = unavailable_servers() else {
        return;
    };
    thread::scope(|scope| {
        for (url, _redis) in &unavailable_servers {
            scope.spawn(move || {
                let error = startup_error(serve("production", url));
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
fn development_warns_and_runs_without_redis() {
    let Some(unavailable_servers) = unavailable_servers() else {
        return;
    };
    thread::scope(|scope| {
        for (url, _redis) in &unavailable_servers {
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
fn production_starts_with_redis_and_logs_no_password() {
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
    assert!(said.contains("Redis is unavailable"), "{said}");
    assert!(!said.contains(PASSWORD), "{said}");
}

#[test]
fn invalid_redis_url_is_rejected_with_its_setting() {
    for environment in ["development", "production"] {
        for url in [
            format!("http://:{PASSWORD}@127.0.0.1:6379"),
            format!("rediss://:{PASSWORD}@127.0.0.1:6379"),
            format!("redis://:{PASSWORD}@127.0.0.1:port"),
            format!("redis://:{PASSWORD}@127.0.0.1:6379/one"),
            PASSWORD.to_owned(),
        ] {
            startup_error(serve(environment, &url));
        }
    }
}
