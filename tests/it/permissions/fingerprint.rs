//! The contents of every table of a database.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

/// Tables that a denied request, or the worker at the same time, may write to.
const TRACES: [&str; 3] = ["audit_log", "idempotency_keys", "worker_heartbeats"];

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// A connection that waits while the database is locked.
fn connect(url: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(url.trim_start_matches("sqlite://")).unwrap();
    connection
        .batch_execute("PRAGMA busy_timeout = 10000")
        .unwrap();
    connection
}

fn lines(connection: &mut SqliteConnection, query: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(query).load(connection).unwrap();
    rows.into_iter().filter_map(|row| row.line).collect()
}

/// The rows of every table of an SQLite database as text.
pub fn fingerprint(url: &str) -> BTreeMap<String, String> {
    let mut connection = connect(url);
    let tables = lines(
        &mut connection,
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
         AND name NOT LIKE 'sqlite%'",
    );
    let mut all = BTreeMap::new();
    for table in tables
        .into_iter()
        .filter(|table| !TRACES.contains(&table.as_str()))
    {
        let columns = lines(
            &mut connection,
            &format!("SELECT name AS line FROM pragma_table_info('{table}')"),
        );
        let quoted: Vec<_> = columns
            .iter()
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let rows = lines(
            &mut connection,
            &format!(
                "SELECT {} AS line FROM \"{table}\" ORDER BY 1",
                quoted.join(" || '|' || ")
            ),
        );
        all.insert(table, rows.join("\n"));
    }
    all
}

#[test]
fn fingerprint_changes_with_a_row() {
    let database = sojourn_tests::TestDatabase::sqlite();
    database.open();
    let before = fingerprint(&database.url);
    assert!(
        before.contains_key("users") && before.contains_key("booked_nights") && before.len() > 12
    );
    let mut connection = connect(&database.url);
    diesel::sql_query(
        "INSERT INTO terms_versions (version, terms, in_force_from) VALUES (1, '{}', '2026-01-01 00:00:00')",
    )
    .execute(&mut connection)
    .unwrap();
    let after = fingerprint(&database.url);
    assert_ne!(before["terms_versions"], after["terms_versions"]);
    assert_eq!(before["users"], after["users"]);
}
