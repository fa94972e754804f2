//! Limits of connections and open files.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sojourn_tests::{Client, Server, TestDatabase};

use crate::security::support::process::Program;

/// Opens a connection that asks once and then stays idle.
fn idle(url: &str) -> TcpStream {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let head = b"GET /livez HTTP/1.1\r\nHost: sojourn\r\n\r\n";
    stream.write_all(head).unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    stream
}

#[test]
fn connections_take_one_file_each_of_a_raised_limit() {
    // Without the test's own limit raised by a server in its process, its sockets could be too many for it.
    let _server = Server::start(&TestDatabase::sqlite());
    let mut program = Program::run_after("ulimit -Sn 300", &["serve"], &[]);
    let url = program.url();
    Client::new(&url).get("/readyz").expect(200);
    let before = program.open_files();
    let open: Vec<_> = (0..400).map(|_| idle(&url)).collect();
    let each = program.open_files() - before;
    assert!(
        (390..430).contains(&each),
        "{each} files for 400 connections"
    );
    Client::new(&url).get("/livez").expect(200);
    drop(open);
}

#[test]
fn a_full_server_logs_that_once_and_serves_again() {
    let mut program = Program::run_after("ulimit -n 320", &["serve"], &[]);
    let url = program.url();
    let address = url.trim_start_matches("http://");
    Client::new(&url).get("/livez").expect(200);
    for _ in 0..2 {
        let open: Vec<_> = (0..80)
            .map(|_| TcpStream::connect(address).unwrap())
            .collect();
        let began = Instant::now();
        // Connections without a request are closed after five seconds.
        let client = Client::new(&url);
        while client.try_send("GET", "/livez", &[], None).is_err() {
            assert!(began.elapsed() < Duration::from_secs(30));
            sleep(Duration::from_millis(200));
        }
        drop(open);
    }
    let log = program.log();
    let logged = log.matches("all connections are in use").count();
    assert_eq!(logged, 1, "{log}");
}

#[test]
fn pages_of_the_documentation_are_compressed_and_have_tags() {
    let server = Server::start(&TestDatabase::sqlite());
    let pages = [
        "/openapi.json",
        "/docs/index.html",
        "/docs/swagger-initializer.js",
        "/docs/swagger-ui-bundle.js",
    ];
    for path in pages {
        let raw = |accepted: &str| {
            let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
            let head = format!(
                "GET {path} HTTP/1.1\r\nHost: sojourn\r\nConnection: close\r\n{accepted}\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
            let head = String::from_utf8(answer[..end].to_vec()).unwrap();
            (head.to_lowercase(), answer.len() - end - 4)
        };
        let (head, compressed) = raw("Accept-Encoding: gzip, br\r\n");
        assert!(head.contains("\ncontent-encoding: gzip"), "{head}");
        let (head, plain) = raw("");
        assert!(!head.contains("content-encoding"), "{head}");
        assert!(compressed < plain, "{path}: {compressed} of {plain}");
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: "));
        let known = format!("If-None-Match: {}\r\n", tag.unwrap());
        let (head, length) = raw(&known);
        assert!(head.starts_with("http/1.1 304"), "{head}");
        assert_eq!(length, 0);
    }
}

#[test]
fn unread_documents_take_little_memory() {
    // The allocator of the test binary keeps what it frees otherwise.
    let variables = [("MALLOC_MMAP_THRESHOLD_", "131072")];
    let mut program = Program::run(&["serve"], &variables);
    let url = program.url();
    let client = Client::new(&url);
    let document = client.get("/openapi.json").expect(200).text;
    assert!(document.len() > 300_000, "{}", document.len());
    let before = program.resident_memory();
    // More than the buffers of the operating system hold.
    let requests = "GET /openapi.json HTTP/1.1\r\nHost: sojourn\r\n\r\n".repeat(30);
    let open = (0..40).map(|_| {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        stream.write_all(requests.as_bytes()).unwrap();
        stream
    });
    let open: Vec<_> = open.collect();
    sleep(Duration::from_secs(3));
    client.get("/livez").expect(200);
    let grown = program.resident_memory().saturating_sub(before);
    println!("{} kB", grown >> 10);
    assert!(
        grown < 20_000_000,
        "{grown} bytes for {} clients",
        open.len()
    );
}
