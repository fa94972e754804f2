//! Requests that are made to be expensive are refused at once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Server, TestDatabase};

/// Time within which an attack is refused, with a wide margin for a slow machine.
const AT_ONCE: Duration = Duration::from_secs(2);

fn body(document: &str) -> String {
    json!({"query": document}).to_string()
}

/// The attacks by name, with the codes of their refusals.
fn attacks() -> Vec<(&'static str, String, &'static [&'static str])> {
    let aliases: String = (0..10_000).map(|n| format!("a{n}: me {{ id }} ")).collect();
    let few_aliases: String = (0..40).map(|n| format!("a{n}: me {{ id }} ")).collect();
    let duplicates = "me { id } ".repeat(10_000);
    let directives = "@skip(if: false) ".repeat(200);
    let nested = format!("{{ {} id {} }}", "a { ".repeat(200), "} ".repeat(200));
    let deep = "property(id: $id) { reviews(first: 1) { edges { node { property { reviews(first: 1) { edges { node \
                { property { reviews(first: 1) { edges { node { id } } } } } } } } } } } }";
    let cycle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    let bomb: String = (0..40)
        .map(|n| format!("fragment f{n} on Query {{ ...f{0} ...f{0} }} ", n + 1))
        .collect();
    let bomb = format!("{{ ...f0 }} {bomb} fragment f40 on Query {{ me {{ id }} }}");
    let amenities = json!({"query": "query($a: [String!]!) { properties(first: 1, search: {amenities: $a}) { edges { cursor } } }",
        "variables": {"a": vec!["wifi"; 20_000]}});
    let wide = "{ properties(first: 100) { edges { node { reviews(first: 100) { edges { node { id rating } } } } } } }";
    let batch = Value::from(vec![json!({"query": "{ me { id } }"}); 1_000]);
    let long = format!("{{ me {{ id }} }} #{}", "x".repeat(1_000_000));
    vec![
        (
            "10,000 aliases",
            body(&format!("{{ {aliases} }}")),
            &["query_too_long"],
        ),
        (
            "40 aliases",
            body(&format!("{{ {few_aliases} }}")),
            &["query_too_complex"],
        ),
        (
            "10,000 duplicates",
            body(&format!("{{ {duplicates} }}")),
            &["query_too_long"],
        ),
        (
            "200 directives",
            body(&format!("{{ me {directives} {{ id }} }}")),
            &["query_too_complex"],
        ),
        ("200 levels", body(&nested), &["query_malformed"]),
        (
            "13 levels",
            body(&format!("query($id: UUID!) {{ {deep} }}")),
            &["query_too_complex"],
        ),
        ("fragments in a circle", body(cycle), &["query_too_complex"]),
        ("fragments that double", body(&bomb), &["query_too_complex"]),
        (
            "a long list",
            amenities.to_string(),
            &["validation_failed", "body_too_large"],
        ),
        ("pages of pages", body(wide), &["query_too_complex"]),
        ("a batch", batch.to_string(), &["malformed_request"]),
        ("a long query", body(&long), &["body_too_large"]),
    ]
}

#[test]
fn expensive_requests_are_refused_at_once() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.client();
    for (name, body, codes) in attacks() {
        let began = Instant::now();
        let answer = client.send(
            "POST",
            "/graphql",
            &[("content-type", "application/json")],
            Some(body),
        );
        let lasted = began.elapsed();
        let errors = answer.json()["errors"].clone();
        let code = errors[0]["extensions"]["code"].as_str().unwrap_or_default();
        assert!(
            codes.contains(&code),
            "{name}: {} {:.500}",
            answer.status,
            answer.text
        );
        assert!(answer.json()["data"].is_null(), "{name}");
        assert!(lasted < AT_ONCE, "{name} took {lasted:?}");
        assert!(
            answer.text.len() < 20_000,
            "{name}: {} bytes",
            answer.text.len()
        );
    }
}
