//! The server dies after the work of a request and before its answer is kept: the retry gets the answer that the first
//! try would have, and changes nothing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn_tests::{Answer, Server, ServerOptions, TestClock, TestDatabase, databases};

use super::cases::{Case, all};
use super::marketplace::{Clients, Marketplace, Request, folder, remove};
use crate::contract::raw_sql::raw;
use crate::security::support::raw_tables::{all_rows, query_text};

const LIMIT: Duration = Duration::from_secs(60);

/// Tables that change without an effect of a repeated request: its own key, the login before it, and signs of life.
const OTHER_TABLES: [&str; 4] = [
    "idempotency_keys",
    "sessions",
    "refresh_tokens",
    "worker_heartbeats",
];

#[test]
fn a_lost_answer_is_given_again_without_doing_the_work_again() {
    for database in databases() {
        println!("on {}", database.name);
        let folder = folder();
        let options = ServerOptions {
            folder: Some(&folder),
            ..ServerOptions::default()
        };
        let server = Server::with(&database, options.clone());
        let market = Marketplace::new(&server);
        let requests: Vec<(&Case, Request)> =
            all().map(|case| (case, (case.prepare)(&market))).collect();
        lose_answers(&database, &server, &requests, 0);
        server.stop();
        let clock = TestClock::new(TimeDelta::hours(26), 1);
        let later = Server::with(
            &database,
            ServerOptions {
                clock: Some(clock),
                ..options
            },
        );
        lose_answers(&database, &later, &requests, 26);
        later.stop();
        remove(&folder);
    }
}

/// Sends the requests of an hour, forgets their answers, and repeats them.
fn lose_answers(
    database: &TestDatabase,
    server: &Server,
    requests: &[(&Case, Request)],
    hours_ahead: i64,
) {
    let due = || {
        requests
            .iter()
            .filter(|(case, _)| case.hours_ahead == hours_ahead)
    };
    let clients = Clients::new(&server.url);
    let mut firsts = Vec::new();
    for (case, request) in due() {
        let answer = request.send(&clients, &case.key()).unwrap();
        assert_eq!(answer.status, case.status, "{}: {answer:?}", case.key());
        firsts.push(answer);
    }
    let before = idle_tables(database, server);
    assert_outcomes(database, due().map(|(case, _)| case.key()));
    let forget = "UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL";
    raw(database, forget).unwrap();
    for ((case, request), first) in due().zip(&firsts) {
        let again = request.send(&clients, &case.key()).unwrap();
        assert_same(case, first, &again);
    }
    let after = idle_tables(database, server);
    for (table, rows) in &after {
        assert_eq!(before.get(table), Some(rows), "{table} has changed");
    }
    let report = server.check_integrity();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}

fn assert_outcomes(database: &TestDatabase, keys: impl Iterator<Item = String>) {
    let query = "SELECT \"key\" || ' ' || coalesce(outcome, 'none') AS line FROM idempotency_keys";
    let rows = query_text(database, query);
    for key in keys {
        let row = rows.iter().find(|row| row.starts_with(&format!("{key} ")));
        let row = row.unwrap_or_else(|| panic!("no key {key}"));
        assert!(row.ends_with('}'), "no outcome: {row}");
    }
}

fn assert_same(case: &Case, first: &Answer, again: &Answer) {
    let key = case.key();
    assert_eq!(again.header("idempotency-replayed"), None, "{key}");
    assert_eq!(again.status, first.status, "{key}: {again:?}");
    for name in ["etag", "location"] {
        // The account of a known address is made up, with another id each time.
        if case.variant != "known address" {
            assert_eq!(again.header(name), first.header(name), "{key}: {name}");
        }
    }
    let body = |answer: &Answer| {
        if answer.text.is_empty() {
            return serde_json::Value::Null;
        }
        let mut body = answer.json();
        let members = body.as_object_mut().unwrap();
        members.remove("request_id");
        if case.variant == "known address" {
            for made_up in ["id", "created_at", "updated_at"] {
                members.remove(made_up);
            }
        }
        body
    };
    assert_eq!(body(again), body(first), "{key}");
}

/// The tables once no work is left to the worker.
fn idle_tables(database: &TestDatabase, server: &Server) -> BTreeMap<String, Vec<String>> {
    let began = Instant::now();
    loop {
        server.wait_until_idle(LIMIT);
        // Read again: a table that was read before the last job was done may have changed with it.
        let none_left = all_rows(database)["jobs"].is_empty();
        let mut tables = all_rows(database);
        if none_left && tables["jobs"].is_empty() {
            for other in OTHER_TABLES {
                tables.remove(other);
            }
            return tables;
        }
        assert!(
            began.elapsed() < LIMIT,
            "jobs are left: {:?}",
            tables["jobs"]
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}
