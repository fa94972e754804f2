//! The contract is what the code says, and changes only where somebody looks.

use sojourn_tests::{Server, TestDatabase};

#[test]
fn the_document_is_the_snapshot() {
    insta::assert_snapshot!("openapi", sojourn_http::openapi_json());
}

#[test]
fn the_server_serves_the_document_and_a_page_to_try_it() {
    let server = Server::start(&TestDatabase::sqlite());
    let document = server.client().get("/openapi.json").expect(200);
    assert_eq!(document.json()["openapi"], "3.1.0");
    assert_eq!(
        document.json(),
        serde_json::from_str::<serde_json::Value>(&sojourn_http::openapi_json()).unwrap()
    );
    assert!(
        server
            .client()
            .get("/docs/")
            .expect(200)
            .text
            .contains("swagger")
    );
}
