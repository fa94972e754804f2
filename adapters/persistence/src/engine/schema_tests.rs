//! Every database has the same tables, columns, constraints and indexes.

use std::collections::BTreeSet;

use diesel::RunQueryDsl;
use diesel::sql_types::Text;

use super::connection::AnyConnection;
use crate::test_support::databases::{FreshDatabase, fresh_databases};

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(fresh: &FreshDatabase, query: &str) -> BTreeSet<String> {
    let query = query.to_owned();
    let load = move |conn: &mut AnyConnection| {
        let rows: Vec<Line> = diesel::sql_query(&query).load(conn)?;
        Ok(rows.into_iter().map(|row| row.line).collect())
    };
    fresh.database.read(load).await.unwrap()
}

async fn columns(fresh: &FreshDatabase) -> BTreeSet<String> {
    let query = fresh.select(
        "SELECT table_name || '.' || column_name || ' ' || CASE is_nullable WHEN 'YES' THEN 'nullable' ELSE '' END \
         AS line FROM information_schema.columns WHERE table_schema = current_schema()",
        "SELECT m.name || '.' || c.name || ' ' || CASE c.\"notnull\" WHEN 0 THEN 'nullable' ELSE '' END AS line \
         FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        "SELECT CONCAT(table_name, '.', column_name, ' ', CASE is_nullable WHEN 'YES' THEN 'nullable' ELSE '' END) \
         AS line FROM information_schema.columns WHERE table_schema = DATABASE() \
         AND table_name <> 'advisory_locks' AND CONCAT(table_name, '.', column_name) NOT IN ('users.state', 'bookings.confirmation_code')",
    );
    let all = lines(fresh, query).await;
    all.into_iter()
        .filter(|line| !line.starts_with("__diesel"))
        .collect()
}

/// Names of foreign keys, checks and unique constraints. SQLite has them in the text of its tables alone.
async fn constraints(fresh: &FreshDatabase) -> BTreeSet<String> {
    let query = fresh.select(
        "SELECT 'CONSTRAINT ' || conname || ' ' AS line FROM pg_constraint \
         WHERE connamespace = current_schema()::regnamespace",
        "SELECT sql AS line FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
        "SELECT CONCAT('CONSTRAINT ', constraint_name, ' ') AS line FROM information_schema.table_constraints \
         WHERE constraint_schema = DATABASE()",
    );
    let all = lines(fresh, query).await;
    let names = all.iter().flat_map(|line| {
        line.split("CONSTRAINT ")
            .skip(1)
            .filter_map(|rest| rest.split_whitespace().next())
    });
    // An id of SQLite has its length checked, as its type has none.
    names
        .filter(|name| *name != "users_id_check")
        .filter(|name| {
            ["_check", "_fkey", "_key"]
                .iter()
                .any(|end| name.ends_with(end))
        })
        .map(str::to_owned)
        .collect()
}

async fn indexes(fresh: &FreshDatabase) -> BTreeSet<String> {
    let query = fresh.select(
        "SELECT indexname AS line FROM pg_indexes WHERE schemaname = current_schema()",
        "SELECT name AS line FROM sqlite_master WHERE type = 'index'",
        "SELECT DISTINCT index_name AS line FROM information_schema.statistics WHERE table_schema = DATABASE()",
    );
    let all = lines(fresh, query).await;
    all.into_iter()
        .filter(|name| name.ends_with("_index"))
        .collect()
}

#[tokio::test]
async fn every_database_has_the_same_schema() {
    let all = fresh_databases();
    let (first, others) = all.split_first().unwrap();
    let expected = [
        columns(first).await,
        constraints(first).await,
        indexes(first).await,
    ];
    assert!(expected.iter().all(|names| names.len() > 30));
    for other in others {
        let found = [
            columns(other).await,
            constraints(other).await,
            indexes(other).await,
        ];
        for (found, expected) in found.iter().zip(&expected) {
            let differences: Vec<_> = found.symmetric_difference(expected).collect();
            assert!(differences.is_empty(), "{}: {differences:?}", other.url);
        }
    }
}
