//! Middleware: rate limits, audit of denials, caching, timeouts.

mod inspectable_cache;
mod response_cache;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sojourn_application::access::rate_limits::REQUESTS;
use sojourn_application::ports::{Allowance, MockAuditLog, MockRateLimits, Quota, Unlimited};
use sojourn_domain::shared::{AuditAction, RepositoryError};
use sojourn_http::{ConnectionLimits, TrustedProxies, serve};

use crate::support::{JSON, PROBLEM, assert_contains, send, start, start_with};

const PROPERTY: &str = "/v1/properties/00000000-0000-0000-0000-000000000003";
const POLICY: &str = "ratelimit-policy: \"requests\";q=1200;w=60";

fn get(at: SocketAddr, path: &str, headers: &str) -> String {
    let more = if headers.is_empty() {
        String::new()
    } else {
        format!("\r\n{headers}")
    };
    send(at, &format!("GET {path} HTTP/1.1{more}"), "")
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    head.lines().find_map(|line| {
        line.split_once(": ")
            .filter(|(it, _)| it.eq_ignore_ascii_case(name))?
            .1
            .into()
    })
}

/// Rate limits that grant or reject requests, and the keys under which requests were counted.
fn counting(granted: bool) -> (MockRateLimits, Arc<Mutex<Vec<String>>>) {
    let names = Arc::new(Mutex::new(Vec::new()));
    let (seen, mut limits) = (names.clone(), MockRateLimits::new());
    limits
        .expect_consume()
        .returning(move |quota: Quota, name| {
            if quota != REQUESTS {
                return quota.untouched();
            }
            seen.lock().unwrap().push(name.to_owned());
            Allowance {
                granted,
                remaining: 5,
                resets_in: 60,
                retry_in: if granted { 0 } else { 7 },
            }
        });
    (limits, names)
}

#[test]
fn every_api_response_shows_the_rate_limit() {
    let at = start_with(|state| state.ports.limits = Arc::new(Unlimited));
    let asked = [
        (format!("GET {PROPERTY}"), "", "200 "),
        ("GET /v1/nowhere".into(), "", "404 "),
        ("DELETE /v1/users".into(), "", "405 "),
        ("GET /v1/bookings".into(), "", "401 "),
        ("GET /v1/properties?limit=0".into(), "", "422 "),
        ("POST /v1/users".into(), "{", "400 "),
        // The mock of the repository expects no such call and panics.
        (
            "GET /v1/properties/00000000-0000-0000-0000-0000000000aa".into(),
            "",
            "500 ",
        ),
    ];
    for (line, body, status) in asked {
        let answer = send(at, &format!("{line} HTTP/1.1\r\n{JSON}"), body);
        assert_contains(
            &answer,
            &[status, POLICY, "ratelimit: \"requests\";r=1200;t=0\r\n"],
        );
    }
    for path in ["/openapi.json", "/nowhere", "/v1x"] {
        let limited = header(&get(at, path, ""), "ratelimit").is_some();
        assert!(limited, "{path}");
    }
    for path in ["/livez", "/readyz"] {
        assert_eq!(header(&get(at, path, ""), "ratelimit"), None, "{path}");
    }
    let exposed = get(at, PROPERTY, "Origin: https://app.example");
    let exposed = header(&exposed, "access-control-expose-headers").unwrap();
    for name in [
        "ratelimit",
        "ratelimit-policy",
        "cache-status",
        "etag",
        "retry-after",
    ] {
        assert!(
            exposed
                .split(',')
                .any(|it| it.trim().eq_ignore_ascii_case(name)),
            "{exposed}"
        );
    }
}

#[test]
fn rate_limited_requests_do_nothing() {
    let (limits, _) = counting(false);
    // The mocks expect no call for these requests, and their bodies are invalid.
    let at = start_with(|state| state.ports.limits = Arc::new(limits));
    let keyed = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    for head in [
        keyed.as_str(),
        "GET /v1/nowhere HTTP/1.1",
        "POST /v1/auth/login HTTP/1.1",
    ] {
        let answer = send(at, head, "");
        assert_contains(
            &answer,
            &[
                "429 ",
                PROBLEM,
                r#""code":"rate_limited""#,
                "retry-after: 7",
                POLICY,
            ],
        );
        assert_contains(
            &answer,
            &[
                "ratelimit: \"requests\";r=5;t=60\r\n",
                "x-request-id",
                r#""request_id""#,
            ],
        );
    }
    assert_contains(&get(at, "/livez", ""), &["200 OK"]);
    let readable = get(at, "/v1/nowhere", "Origin: https://app.example");
    assert_contains(
        &readable,
        &["429 ", "access-control-allow-origin: https://app.example"],
    );
}

#[test]
fn requests_are_counted_by_account_or_else_by_network() {
    let (limits, names) = counting(true);
    let at = start_with(|state| state.ports.limits = Arc::new(limits));
    let forwarded = "X-Forwarded-For: 203.0.113.9";
    for headers in [
        "",
        "Authorization: Bearer host",
        "Authorization: Bearer forged",
        forwarded,
    ] {
        get(at, "/v1/nowhere", headers);
    }
    let host = "00000000-0000-0000-0000-000000000001";
    assert_eq!(
        *names.lock().unwrap(),
        ["127.0.0.1", host, "127.0.0.1", "127.0.0.1"]
    );
}

#[test]
fn clients_behind_a_trusted_proxy_are_counted() {
    let (limits, names) = counting(true);
    let at = start_with(|state| {
        state.ports.limits = Arc::new(limits);
        state.proxies = TrustedProxies::parse("127.0.0.0/8, 192.0.2.1").unwrap();
    });
    let two = "X-Forwarded-For: 10.9.9.9, 203.0.113.9\r\nX-Forwarded-For: 192.0.2.1";
    for headers in [
        "X-Forwarded-For: 203.0.113.9",
        two,
        "X-Forwarded-For: me",
        "",
    ] {
        get(at, "/v1/nowhere", headers);
    }
    assert_eq!(
        *names.lock().unwrap(),
        ["203.0.113.9", "203.0.113.9", "127.0.0.1", "127.0.0.1"]
    );
}

#[test]
fn only_denials_are_recorded() {
    let written = Arc::new(Mutex::new(Vec::new()));
    let (seen, mut audit) = (written.clone(), MockAuditLog::new());
    audit.expect_append().returning(move |entry| {
        let reported = (
            entry.action,
            entry.actor.map(|id| id.to_string()),
            entry.address,
            entry.after,
        );
        seen.lock().unwrap().push(reported);
        Err(RepositoryError::Unavailable("away".into()))
    });
    let at = start_with(|state| state.ports.audit = Arc::new(audit));
    // The response is the same if the denial cannot be recorded.
    assert_contains(
        &get(
            at,
            "/v1/admin/ledger?q=secret",
            "Authorization: Bearer guest",
        ),
        &["403 ", PROBLEM],
    );
    assert_contains(&get(at, "/v1/admin/ledger", ""), &["401 "]);
    assert_contains(
        &get(at, "/v1/admin/ledger", "Authorization: Bearer admin"),
        &["200 "],
    );
    let guest = "00000000-0000-0000-0000-000000000002".to_owned();
    let local = "127.0.0.1".parse().ok();
    let reported = (
        AuditAction::Denied,
        Some(guest),
        local,
        Some("GET /v1/admin/ledger".to_owned()),
    );
    assert_eq!(*written.lock().unwrap(), [reported]);
}

#[test]
fn an_idle_connection_does_not_delay_shutdown() {
    let mut state = None;
    start_with(|it| state = Some(it.clone()));
    let (listener, state) = (TcpListener::bind("127.0.0.1:0").unwrap(), state.unwrap());
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(serve(listener, state, ConnectionLimits::default(), async {
                stopped.await.unwrap();
            }))
            .unwrap();
    });
    let mut socket = TcpStream::connect(at).unwrap();
    socket
        .write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut answer = [0; 12];
    socket.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    stop.send(()).unwrap();
    let began = Instant::now();
    server.join().unwrap();
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn overlong_slow_and_compressed_bodies_are_refused() {
    let at = start();
    let slow = std::thread::spawn(move || {
        send(
            at,
            &format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nContent-Length: 100"),
            "",
        )
    });
    let long = format!("/v1/properties?q={}", "x".repeat(9_000));
    assert_contains(
        &get(at, &long, ""),
        &["414 ", PROBLEM, r#""code":"uri_too_long""#, POLICY],
    );
    assert_contains(
        &get(at, &format!("/livez?{}", "x".repeat(9_000)), ""),
        &["414 ", PROBLEM],
    );
    assert_contains(
        &get(at, &format!("/livez?{}", "x".repeat(8_000)), ""),
        &["200 OK"],
    );
    let packed = send(
        at,
        &format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nContent-Encoding: gzip"),
        "{}",
    );
    assert_contains(
        &packed,
        &[
            "415 ",
            PROBLEM,
            "unsupported_content_encoding",
            "accept-encoding: identity",
        ],
    );
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep = send(at, &format!("POST /v1/users HTTP/1.1\r\n{JSON}"), &deep);
    assert_contains(&deep, &["400 ", PROBLEM, "malformed_json"]);
    assert_contains(
        &slow.join().unwrap(),
        &["408 ", PROBLEM, "request_timeout", "connection: close"],
    );
}
