//! The page at the root.

use sojourn_tests::{Server, ServerOptions, TestDatabase};

const BROWSER: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

#[test]
fn the_root_says_what_this_is_and_where_to_go() {
    let server = Server::start(&TestDatabase::sqlite());
    let browser = server.client().with_header("Accept", BROWSER);
    let page = browser.get("/").expect(200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let links: Vec<&str> = page.text.split("<a href=\"").skip(1).collect();
    assert_eq!(links.len(), 5);
    for link in links {
        browser.get(link.split('"').next().unwrap()).expect(200);
    }
    let answer = server.client().get("/").expect(200).json();
    for pointer in ["/openapi", "/docs", "/interfaces/0", "/health/live"] {
        let path = answer.pointer(pointer).unwrap().as_str().unwrap();
        browser.get(path).expect(200);
    }
    server
        .client()
        .get("/index.html")
        .expect_problem(404, "not_found");
}

#[test]
fn the_page_names_no_editor_where_there_is_none() {
    let options = ServerOptions {
        variables: &[("SOJOURN_GRAPHQL_INTROSPECTION", "off")],
        ..Default::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let browser = server.client().with_header("Accept", BROWSER);
    assert!(!browser.get("/").expect(200).text.contains("GraphQL"));
}
