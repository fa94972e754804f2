//! Permissions: one table of actors and operations, checked against the running server and published as
//! `docs/permissions.md`.

pub mod fingerprint;
pub mod fixture;
mod graphql;
mod guest_reviews;
mod host_amounts;
mod nested;
mod page;
pub mod request;
pub mod table;
mod unjudged_bodies;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sojourn_tests::{Answer, Server, TestDatabase};

use fingerprint::fingerprint;
use fixture::Marketplace;
use request::request;
use table::{Actor, Expectation, Outcome, TABLE};

/// Every operation of the document with its method and path.
pub fn operations(server: &Server) -> BTreeMap<String, (String, String)> {
    let document = server.client().get("/openapi.json").expect(200).json();
    let paths = document["paths"].as_object().unwrap().clone();
    let mut all = BTreeMap::new();
    for (path, item) in &paths {
        for (method, operation) in item.as_object().unwrap() {
            if let Value::String(id) = &operation["operationId"] {
                all.insert(id.clone(), (method.to_uppercase(), path.clone()));
            }
        }
    }
    all
}

#[test]
fn every_operation_is_in_the_permission_table() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let known: BTreeSet<String> = operations(&server).into_keys().collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(rows.len(), TABLE.len(), "an operation has two rows");
    let missing: Vec<_> = known.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&known).collect();
    assert!(
        missing.is_empty(),
        "operations without a row in tests/it/permissions/table.rs: {missing:?}"
    );
    assert!(gone.is_empty(), "rows without an operation: {gone:?}");
}

#[test]
fn permissions_match_the_table_and_denials_change_nothing() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let operations = operations(&marketplace.server);
    let mut wrong = Vec::new();
    for row in TABLE {
        let (method, path) = &operations[row.operation];
        for actor in Actor::ALL
            .into_iter()
            .filter(|&actor| row.outcome(actor) != Outcome::May)
        {
            let before = fingerprint(&database.url);
            let answer = ask(&marketplace, row, actor, method, path);
            let changed = differences(&before, &fingerprint(&database.url));
            if !changed.is_empty() {
                wrong.push(format!(
                    "{} by {actor:?} was denied and changed {changed:?}",
                    row.operation
                ));
            }
            wrong.extend(compare(row, actor, &answer));
        }
    }
    for row in TABLE {
        let (method, path) = &operations[row.operation];
        for actor in Actor::ALL
            .into_iter()
            .filter(|&actor| row.outcome(actor) == Outcome::May)
        {
            let answer = ask(&marketplace, row, actor, method, path);
            wrong.extend(compare(row, actor, &answer));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are not as the table says:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

pub fn ask(
    marketplace: &Marketplace,
    row: &Expectation,
    actor: Actor,
    method: &str,
    path: &str,
) -> Answer {
    let request = request(marketplace, row.operation, actor, path);
    let client = marketplace.client(row.operation, actor);
    match request.body {
        Some(body) => client.send(
            method,
            &request.path,
            &[("content-type", "application/json")],
            Some(body.to_string()),
        ),
        None => client.send(method, &request.path, &[], None),
    }
}

fn compare(row: &Expectation, actor: Actor, answer: &Answer) -> Option<String> {
    let outcome = row.outcome(actor);
    let fits = match outcome {
        Outcome::May => {
            matches!(answer.status, 200..=299 | 409) || row.is_rejected_request(answer.status)
        }
        Outcome::Denied(status) => answer.status == status && answer.json()["code"].is_string(),
    };
    let text: String = answer.text.chars().take(300).collect();
    (!fits).then(|| {
        format!(
            "{} by {actor:?}: {outcome:?}, not {} {text}",
            row.operation, answer.status
        )
    })
}

pub fn differences(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<String> {
    after
        .iter()
        .filter(|(table, rows)| before.get(*table) != Some(*rows))
        .map(|(table, _)| table.clone())
        .collect()
}
