//! Every mapped constraint exists in every schema.

use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;

use super::connection::AnyConnection;
use super::constraints::CONSTRAINTS;
use super::errors::TxError;
use crate::test_support::databases::fresh_databases;

#[derive(diesel::QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[tokio::test]
async fn every_mapped_constraint_exists_in_the_schema() {
    for fresh in fresh_databases() {
        let query = fresh.select(
            "SELECT count(*) AS count FROM pg_constraint WHERE conname = '{name}' \
             AND connamespace = current_schema()::regnamespace",
            "SELECT count(*) AS count FROM sqlite_master WHERE sql LIKE '%CONSTRAINT {name} %'",
            "SELECT count(*) AS count FROM information_schema.table_constraints \
             WHERE constraint_schema = DATABASE() AND (constraint_name = '{name}' \
             OR CONCAT(table_name, '_pkey') = '{name}' AND constraint_name = 'PRIMARY')",
        );
        let missing = move |conn: &mut AnyConnection| -> Result<Vec<&str>, TxError> {
            let mut missing = Vec::new();
            for constraint in CONSTRAINTS {
                let query = query.replace("{name}", constraint.name);
                let found: CountRow = diesel::sql_query(query).get_result(conn)?;
                if found.count != 1 {
                    missing.push(constraint.name);
                }
            }
            Ok(missing)
        };
        assert_eq!(fresh.database.read(missing).await, Ok(Vec::new()));
    }
}
