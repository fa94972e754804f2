//! Entity tags of compressed and plain representations.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;
use sojourn_tests::{Server, TestDatabase};

/// The head of a response, read from the socket: the body may be compressed.
fn head(server: &Server, path: &str, headers: &str) -> String {
    let host = server.url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(host).unwrap();
    write!(
        socket,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
    )
    .unwrap();
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    text.split("\r\n\r\n").next().unwrap().to_ascii_lowercase()
}

fn field(head: &str, name: &str) -> Option<String> {
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.map(ToOwned::to_owned)
}

#[test]
fn each_encoding_has_a_tag_of_its_own() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let body = json!({
        "title": "Cabin", "description": "long ".repeat(900), "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65, "longitude": -73.75}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}},
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &json!(null))
        .expect(200);
    for path in [
        format!("/v1/properties/{id}"),
        "/v1/properties?city=albany".to_owned(),
    ] {
        let plain = head(&server, &path, "");
        let plain_tag = field(&plain, "etag").unwrap();
        assert_eq!(field(&plain, "content-encoding"), None);
        for encoding in ["gzip", "br"] {
            let packed = head(&server, &path, &format!("Accept-Encoding: {encoding}\r\n"));
            assert_eq!(
                field(&packed, "content-encoding").as_deref(),
                Some(encoding),
                "{packed}"
            );
            let tag = field(&packed, "etag").unwrap();
            assert!(
                tag != plain_tag && tag.starts_with('"'),
                "{tag} and {plain_tag}"
            );
            for known in [&tag, &plain_tag] {
                let headers = format!("Accept-Encoding: {encoding}\r\nIf-None-Match: {known}\r\n");
                let again = head(&server, &path, &headers);
                assert!(again.starts_with("http/1.1 304"), "{again}");
                assert_eq!(field(&again, "etag").as_ref(), Some(known));
            }
        }
    }
    // A version from a compressed response is the version of the resource.
    let path = format!("/v1/properties/{id}");
    let tag = field(&head(&server, &path, "Accept-Encoding: gzip\r\n"), "etag").unwrap();
    let patch = |tag: &str, title: &str| {
        let headers = [("content-type", "application/json"), ("if-match", tag)];
        host.send(
            "PATCH",
            &path,
            &headers,
            Some(json!({"title": title}).to_string()),
        )
    };
    patch(&tag, "Hut").expect(200);
    patch(&tag, "Barn").expect_problem(412, "precondition_failed");
}
