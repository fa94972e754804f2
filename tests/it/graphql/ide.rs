//! The editor for browsers.

use sojourn_tests::{Server, ServerOptions, TestDatabase};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[test]
fn browsers_are_sent_to_the_editor() {
    let server = Server::start(&TestDatabase::sqlite());
    let browser = server.client().with_header("Accept", BROWSER);
    // The client follows the redirect, as browsers do.
    let page = browser.get("/graphql").expect(200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    // A query is answered, also to a browser.
    let answer = browser.get("/graphql?query=%7B__typename%7D").expect(200);
    assert_eq!(answer.at("/data/__typename"), "Query");

    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let sources: Vec<&str> = page.text.split(" src=\"").skip(1).collect();
    let references: Vec<&str> = page.text.split(" href=\"").skip(1).chain(sources).collect();
    assert_eq!(references.len(), 3);
    for reference in references {
        let path = reference.split('"').next().unwrap();
        if path == "data:," {
            continue;
        }
        assert!(path.starts_with("/graphql/ide/"), "{path}");
        let file = browser.get(path).expect(200);
        assert!(file.text.len() > 10_000, "{path}");
        let tag = file.header("etag").unwrap().to_owned();
        browser.get_if_none_match(path, &tag).expect(304);
    }
    let licences = browser.get("/graphql/ide/licenses.txt").expect(200);
    assert!(licences.text.contains("graphiql "));
    browser.get("/graphql/ide/other.js").expect(404);
}

#[test]
fn production_has_no_editor() {
    let options = ServerOptions {
        variables: &[("SOJOURN_GRAPHQL_INTROSPECTION", "off")],
        ..Default::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let browser = server.client().with_header("Accept", BROWSER);
    let answer = browser.get("/graphql");
    assert_eq!(answer.at("/errors/0/extensions/code"), "malformed_request");
    browser.get("/graphql/ide/index.html").expect(404);
    browser.get("/graphql/ide/app.js").expect(404);
}
