//! The OpenAPI document matches its snapshot.

use sojourn_tests::{Server, TestDatabase};

#[test]
fn openapi_document_matches_the_snapshot() {
    insta::assert_snapshot!("openapi", sojourn_http::openapi_json());
}

#[test]
fn server_serves_openapi_document_and_page() {
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
