//! Every served route is in the OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sojourn_tests::{Server, TestDatabase};

/// Paths that are mounted by hand: the front page, the page that shows the document, the document, and the metrics,
/// which only a server in development shows. All others are mounted by their documentation.
const MOUNTED_BY_HAND: [&str; 5] = ["/", "/docs", "/docs/{}", "/metrics", "/openapi.json"];

/// Every path of the document with its methods.
fn described(server: &Server) -> BTreeMap<String, BTreeSet<String>> {
    let document = server.client().get("/openapi.json").expect(200).json();
    let methods = |item: &serde_json::Value| {
        let words = item
            .as_object()
            .unwrap()
            .keys()
            .map(|word| word.to_uppercase());
        words
            .filter(|word| ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&word.as_str()))
            .collect()
    };
    document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(path, item)| (path.clone(), methods(item)))
        .collect()
}

/// The quoted texts that follow a word.
fn quoted<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(word)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// The path with every parameter replaced by a placeholder.
fn shape(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Every path served by a source file of the adapter.
fn served_by(text: &str) -> Vec<String> {
    let scope = quoted(text, "= scope(\"")
        .next()
        .map_or(String::new(), |scope| format!("/v1{scope}"));
    quoted(text, "resource(\"")
        .map(|path| shape(&format!("{scope}{path}")))
        .collect()
}

fn served(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            served(&path, found);
        } else {
            found.extend(served_by(&fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_route_is_documented() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let described = described(&server);
    let mut routes = Vec::new();
    served(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/http/src"),
        &mut routes,
    );
    routes.sort();
    assert_eq!(routes, MOUNTED_BY_HAND);
    for (path, methods) in described {
        let asked = path.replace(['{', '}'], "");
        let answer = server
            .client()
            .send("TRACE", &asked, &[], None)
            .expect_problem(405, "method_not_allowed");
        let allowed: BTreeSet<_> = answer
            .header("allow")
            .unwrap()
            .split(", ")
            .map(str::to_owned)
            .collect();
        let head = methods.contains("GET").then(|| "HEAD".to_owned());
        assert_eq!(allowed, methods.into_iter().chain(head).collect(), "{path}");
    }
}
