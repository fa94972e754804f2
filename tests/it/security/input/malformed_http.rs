//! Malformed and slow HTTP requests.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use sojourn_tests::{Server, TestDatabase};

/// Maximum latency of other clients.
const MAX_LATENCY: Duration = Duration::from_secs(3);

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// Everything received until the server closes the connection.
fn read_to_end(mut stream: TcpStream) -> String {
    let (mut answer, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..length]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// A client that never finishes its request.
struct SlowClient {
    stream: TcpStream,
    received: Vec<u8>,
    ended: Option<Duration>,
}

impl SlowClient {
    fn begin(server: &Server, beginning: &str) -> Self {
        let mut stream = connect(server);
        stream.write_all(beginning.as_bytes()).unwrap();
        stream.set_nonblocking(true).unwrap();
        Self {
            stream,
            received: Vec::new(),
            ended: None,
        }
    }

    /// Sends one byte and reads the answer received so far.
    fn send_byte(&mut self, since: Instant) {
        if self.ended.is_some() {
            return;
        }
        let _refused = self.stream.write(b"x");
        let mut part = [0; 4096];
        match self.stream.read(&mut part) {
            Ok(length @ 1..) => self.received.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Ok(_) | Err(_) => self.ended = Some(since.elapsed()),
        }
    }
}

#[test]
fn slow_clients_are_disconnected_and_delay_no_others() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let head = "GET /livez HTTP/1.1\r\nHost: sojourn\r\nX-Slow: ";
    let body = "POST /v1/auth/login HTTP/1.1\r\nHost: sojourn\r\nContent-Type: application/json\r\n\
                Content-Length: 5000\r\n\r\n{";
    let began = Instant::now();
    let mut heads: Vec<_> = (0..150).map(|_| SlowClient::begin(&server, head)).collect();
    let mut bodies: Vec<_> = (0..100).map(|_| SlowClient::begin(&server, body)).collect();
    let (honest, mut slowest) = (server.client(), Duration::ZERO);
    while heads.iter().chain(&bodies).any(|it| it.ended.is_none())
        && began.elapsed() < Duration::from_secs(40)
    {
        heads
            .iter_mut()
            .chain(&mut bodies)
            .for_each(|it| it.send_byte(began));
        let asked = Instant::now();
        honest.get("/readyz").expect(200);
        slowest = slowest.max(asked.elapsed());
        thread::sleep(Duration::from_millis(200));
    }
    assert!(slowest < MAX_LATENCY, "others waited for {slowest:?}");
    for head in heads {
        let ended = head.ended.expect("a head without an end is waited for");
        assert!(
            (4..15).contains(&ended.as_secs()),
            "a head was waited for {ended:?}"
        );
    }
    for body in bodies {
        let ended = body.ended.expect("a body without an end is waited for");
        assert!(
            (9..25).contains(&ended.as_secs()),
            "a body was waited for {ended:?}"
        );
        let received = String::from_utf8_lossy(&body.received).into_owned();
        assert!(
            received.starts_with("HTTP/1.1 408 ") && received.contains("\"request_timeout\""),
            "{received}"
        );
    }
}

#[test]
fn chunked_bodies_are_limited() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let mut stream = connect(&server);
    let head = "POST /v1/auth/login HTTP/1.1\r\nHost: sojourn\r\nContent-Type: application/json\r\n\
                Transfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let began = Instant::now();
    // The request is answered early, and the connection is closed soon after.
    while stream.write_all(chunk.as_bytes()).is_ok() {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "a body without an end is read on and on"
        );
        thread::sleep(Duration::from_millis(10));
    }
    server.client().get("/livez").expect(200);
}

#[test]
fn malformed_http_is_rejected_without_internal_details() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let huge = format!(
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-Huge: {}\r\n\r\n",
        "x".repeat(400_000)
    );
    let many = format!(
        "GET /livez HTTP/1.1\r\nHost: x\r\n{}\r\n",
        "X-Many: x\r\n".repeat(20_000)
    );
    let smuggled = "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n";
    let asked = [
        "GARBAGE\r\n\r\n",
        "GET /livez HTTP/9.9\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, identity\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-Null: a\0b\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}hello over TLS\r\n\r\n",
        &format!("{smuggled}0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n"),
        &huge,
        &many,
    ];
    for bytes in asked {
        let mut stream = connect(&server);
        let _cut_off = stream.write_all(bytes.as_bytes());
        let _closed = stream.shutdown(Shutdown::Write);
        let answer = read_to_end(stream);
        let start: String = bytes.chars().take(60).collect();
        assert!(
            !answer.contains("HTTP/1.1 2") && !answer.contains("HTTP/1.1 5"),
            "{start:?}: {answer}"
        );
        for word in ["server:", "actix", "panicked", "src/", "Error"] {
            assert!(
                !answer.to_lowercase().contains(&word.to_lowercase()),
                "{start:?} is answered with {word}: {answer}"
            );
        }
    }
    server.client().get("/livez").expect(200);
}
