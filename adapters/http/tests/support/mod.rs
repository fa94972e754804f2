//! A server over mocks, and a client on a socket.

mod accounts;
mod idempotency;
mod limits;
mod marketplace;
mod query_mocks;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use sojourn_http::{AppState, ConnectionLimits, TrustedProxies, Unobserved, serve};

pub use accounts::PASSWORD;
use idempotency::InMemoryIdempotencyStore;
pub use limits::ExhaustedLimits;
use marketplace::ports;
pub use query_mocks::queries_with_obligations;

/// Content type of a problem.
pub const PROBLEM: &str = "content-type: application/problem+json";
/// Content type of a body.
pub const JSON: &str = "Content-Type: application/json";

/// Starts a server.
pub fn start() -> SocketAddr {
    start_with(|_| {})
}

/// Starts a server with a changed state.
pub fn start_with(change: impl FnOnce(&mut AppState)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut state = AppState {
        ports: ports(),
        idempotency: Arc::new(InMemoryIdempotencyStore::default()),
        cors_origins: vec!["https://app.example".into()],
        production: true,
        interfaces: Vec::new(),
        examples: None,
        proxies: TrustedProxies::default(),
        observer: Arc::new(Unobserved),
    };
    change(&mut state);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(serve(
                listener,
                state,
                ConnectionLimits::default(),
                std::future::pending(),
            ))
            .unwrap();
    });
    address
}

/// Sends a request and reads the whole response.
pub fn send(address: SocketAddr, head: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let length = if body.is_empty() {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    write!(
        socket,
        "{head}\r\nHost: localhost\r\nConnection: close\r\n{length}\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The response to an authenticated request with or without a body.
pub fn send_as(at: SocketAddr, who: &str, line: &str, body: &str) -> String {
    let kind = if body.is_empty() {
        String::new()
    } else {
        format!("\r\n{JSON}")
    };
    send(
        at,
        &format!("{line} HTTP/1.1\r\nAuthorization: Bearer {who}{kind}"),
        body,
    )
}

/// The body of a response.
pub fn json(answer: &str) -> Value {
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

/// Fails unless the response contains all parts (case-insensitive).
pub fn assert_contains(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(
            answer.to_lowercase().contains(&part.to_lowercase()),
            "no {part} in\n{answer}"
        );
    }
}
