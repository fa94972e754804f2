//! Table contents, read without the repositories.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use ring::digest::{SHA256, digest};
use sojourn_tests::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// A connection that waits while the database is locked.
fn sqlite(path: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path).unwrap();
    connection
        .batch_execute("PRAGMA busy_timeout = 10000")
        .unwrap();
    connection
}

/// Rows of a query with one text column named `line`.
pub fn query_text(database: &TestDatabase, query: &str) -> Vec<String> {
    let query = diesel::sql_query(query);
    let rows: Vec<Line> = match database.url.strip_prefix("sqlite://") {
        Some(path) => query.load(&mut sqlite(path)).unwrap(),
        None => query
            .load(&mut PgConnection::establish(&database.url).unwrap())
            .unwrap(),
    };
    rows.into_iter().filter_map(|row| row.line).collect()
}

/// Every row of every table as text, by table.
pub fn all_rows(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let sqlite = database.url.starts_with("sqlite://");
    let tables = if sqlite {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    } else {
        "SELECT table_name::text AS line FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    };
    let rows = |table: String| {
        let columns = columns(database, &table, sqlite).join(" || '|' || ");
        let rows = query_text(
            database,
            &format!("SELECT {columns} AS line FROM \"{table}\" ORDER BY 1"),
        );
        (table, rows)
    };
    query_text(database, tables).into_iter().map(rows).collect()
}

/// The columns of a table as text expressions. Stored answers are decoded.
fn columns(database: &TestDatabase, table: &str, sqlite: bool) -> Vec<String> {
    let query = if sqlite {
        format!("SELECT name AS line FROM pragma_table_info('{table}')")
    } else {
        format!(
            "SELECT column_name::text AS line FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
        )
    };
    let text = |name: String| match (sqlite, name.as_str()) {
        (true, "body") => "coalesce(CAST(body AS TEXT), '')".to_owned(),
        (true, _) => format!("quote(\"{name}\")"),
        (false, "body") => "coalesce(encode(body, 'escape'), '')".to_owned(),
        (false, _) => format!("coalesce(\"{name}\"::text, '')"),
    };
    query_text(database, &query).into_iter().map(text).collect()
}

/// Names of the tables that contain a text, ignoring case.
pub fn tables_containing(database: &TestDatabase, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let hit = |rows: &[String]| rows.iter().any(|row| row.to_lowercase().contains(&text));
    all_rows(database)
        .into_iter()
        .filter(|(_, rows)| hit(rows))
        .map(|(table, _)| table)
        .collect()
}

/// SHA-256 of a text in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    digest(&SHA256, text.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn text_is_found_in_every_table() {
    for database in sojourn_tests::databases() {
        let server = sojourn_tests::Server::start(&database);
        let anna = server.sign_up_member("anna");
        assert_eq!(
            tables_containing(&database, &anna.email.to_uppercase()),
            ["users"],
            "{}",
            database.name
        );
        assert!(all_rows(&database).len() > 15, "{}", database.name);
        let session = sha256(&anna.refresh_token);
        assert_eq!(
            tables_containing(&database, &session),
            ["refresh_tokens"],
            "{}",
            database.name
        );
    }
}
