//! What stands in the tables of a database, past the repositories.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use ring::digest::{SHA256, digest};
use sojourn_tests::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// The rows of a query of one column of text called `line`.
pub fn lines(database: &TestDatabase, query: &str) -> Vec<String> {
    let query = diesel::sql_query(query);
    let rows: Vec<Line> = match database.url.strip_prefix("sqlite://") {
        Some(path) => query
            .load(&mut SqliteConnection::establish(path).unwrap())
            .unwrap(),
        None => query
            .load(&mut PgConnection::establish(&database.url).unwrap())
            .unwrap(),
    };
    rows.into_iter().filter_map(|row| row.line).collect()
}

/// Every row of every table as text, by table.
pub fn dump(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let sqlite = database.url.starts_with("sqlite://");
    let tables = if sqlite {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    } else {
        "SELECT table_name::text AS line FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    };
    let rows = |table: String| {
        let columns = columns(database, &table, sqlite).join(" || '|' || ");
        let rows = lines(
            database,
            &format!("SELECT {columns} AS line FROM \"{table}\" ORDER BY 1"),
        );
        (table, rows)
    };
    lines(database, tables).into_iter().map(rows).collect()
}

/// The columns of a table, each as an expression that is text. Answers that are kept are read as what they say.
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
    lines(database, &query).into_iter().map(text).collect()
}

/// The tables in which a text stands, whatever its case.
pub fn traces(database: &TestDatabase, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let hit = |rows: &[String]| rows.iter().any(|row| row.to_lowercase().contains(&text));
    dump(database)
        .into_iter()
        .filter(|(_, rows)| hit(rows))
        .map(|(table, _)| table)
        .collect()
}

/// The SHA-256 of a text in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    digest(&SHA256, text.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn what_stands_anywhere_is_found() {
    for database in sojourn_tests::databases() {
        let server = sojourn_tests::Server::start(&database);
        let anna = server.join_as("anna");
        assert_eq!(
            traces(&database, &anna.email.to_uppercase()),
            ["users"],
            "{}",
            database.name
        );
        assert!(dump(&database).len() > 15, "{}", database.name);
        let session = sha256(&anna.refresh_token);
        assert_eq!(
            traces(&database, &session),
            ["refresh_tokens"],
            "{}",
            database.name
        );
    }
}
