//! Table contents, read without the repositories.

use std::collections::BTreeMap;

use ring::digest::{SHA256, digest};
use sojourn_tests::TestDatabase;

/// Rows of a query with one text column named `line`.
pub fn query_text(database: &TestDatabase, query: &str) -> Vec<String> {
    database.lines(query)
}

/// Every row of every table as text, by table.
pub fn all_rows(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let tables = match database.name {
        "SQLite" => {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        "MariaDB" => {
            "SELECT table_name AS line FROM information_schema.tables WHERE table_schema = DATABASE()"
        }
        _ => {
            "SELECT table_name::text AS line FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        }
    };
    let rows = |table: String| {
        let columns = columns(database, &table).join(" || '|' || ");
        let rows = query_text(
            database,
            &format!("SELECT {columns} AS line FROM \"{table}\" ORDER BY 1"),
        );
        (table, rows)
    };
    query_text(database, tables).into_iter().map(rows).collect()
}

/// The columns of a table as text expressions. Stored answers are decoded.
fn columns(database: &TestDatabase, table: &str) -> Vec<String> {
    let query = match database.name {
        "SQLite" => format!("SELECT name AS line FROM pragma_table_info('{table}')"),
        "MariaDB" => format!(
            "SELECT column_name || ' ' || data_type AS line FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND table_name = '{table}' ORDER BY ordinal_position"
        ),
        _ => format!(
            "SELECT column_name::text AS line FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    let text = |name: String| match (database.name, name.as_str()) {
        ("SQLite", "body") => "coalesce(CAST(body AS TEXT), '')".to_owned(),
        ("SQLite", _) => format!("quote(\"{name}\")"),
        ("MariaDB", _) => match name.split_once(' ') {
            Some((name, "binary")) => format!("coalesce(hex(\"{name}\"), '')"),
            Some((name, "mediumblob")) => {
                format!("coalesce(CONVERT(\"{name}\" USING utf8mb4), '')")
            }
            Some((name, _)) => format!("coalesce(CAST(\"{name}\" AS CHAR), '')"),
            None => name,
        },
        (_, "body") => "coalesce(encode(body, 'escape'), '')".to_owned(),
        (_, _) => format!("coalesce(\"{name}\"::text, '')"),
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
