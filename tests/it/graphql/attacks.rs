//! Requests that are made to be expensive are refused at once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client};

use crate::security::support::process::Program;

/// Time within which an attack is refused, as the median of several; five times that without optimizations.
const AT_ONCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 200 });

/// Number of times that each attack is sent.
const ROUNDS: usize = 7;

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
    let deep = "property(id: \"01a22131-2a4f-7441-b31a-0a528c45c56a\") { reviews(first: 1) { edges { node { property { \
                reviews(first: 1) { edges { node { property { reviews(first: 1) { edges { node { id } } } } } } } } } } } }";
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
            body(&format!("{{ {deep} }}")),
            &["query_too_complex"],
        ),
        ("fragments in a circle", body(cycle), &["query_too_complex"]),
        ("fragments that double", body(&bomb), &["query_too_complex"]),
        ("a long list", amenities.to_string(), &["validation_failed"]),
        ("pages of pages", body(wide), &["query_too_complex"]),
        ("a batch", batch.to_string(), &["malformed_request"]),
        ("a long query", body(&long), &["body_too_large"]),
    ]
}

/// Sends an attack; the answer with the time until it.
fn attack(client: &Client, body: &str) -> (Answer, Duration) {
    let began = Instant::now();
    let json = [("content-type", "application/json")];
    let answer = client.send("POST", "/graphql", &json, Some(body.to_owned()));
    (answer, began.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
fn expensive_requests_are_refused_at_once() {
    let mut program = Program::run(&["serve"], &[("SOJOURN_RATE_LIMITS", "off")]);
    let client = Client::new(&program.url());
    for (name, body, codes) in attacks() {
        let times = (0..ROUNDS).map(|_| {
            let (answer, took) = attack(&client, &body);
            let code = answer.at("/errors/0/extensions/code");
            assert!(
                codes.contains(&code.as_str()),
                "{name}: {} {:.500}",
                answer.status,
                answer.text
            );
            assert!(answer.json()["data"].is_null(), "{name}");
            let length = answer.text.len();
            assert!(length < 20_000, "{name}: {length} bytes");
            took
        });
        let took = median(times.collect());
        println!("{name}: {took:?}");
        assert!(took < AT_ONCE, "{name} took {took:?}");
    }
}

#[test]
fn expensive_requests_leave_no_memory_behind() {
    let mut program = Program::run(&["serve"], &[("SOJOURN_RATE_LIMITS", "off")]);
    let client = Client::new(&program.url());
    let all = attacks();
    let round = || {
        for (_, body, _) in &all {
            attack(&client, body);
        }
    };
    (0..ROUNDS).for_each(|_| round());
    let before = program.resident_memory();
    (0..4 * ROUNDS).for_each(|_| round());
    let grown = program.resident_memory().saturating_sub(before);
    println!("{grown} bytes more");
    assert!(grown < 16 * 1024 * 1024, "{grown} bytes");
}
