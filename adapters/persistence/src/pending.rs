//! Which migrations a schema lacks.

use std::collections::BTreeSet;

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use sojourn_domain::shared::StoreError;

use crate::Database;
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::migrate::{POSTGRES, SQLITE};

const POSTGRES_TABLE: &str =
    "SELECT 'it' AS word WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL";
const SQLITE_TABLE: &str =
    "SELECT name AS word FROM sqlite_master WHERE name = '__diesel_schema_migrations'";
const APPLIED: &str = "SELECT version AS word FROM __diesel_schema_migrations";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    word: String,
}

impl Database {
    /// How many migrations the schema lacks. Nothing is changed, and no right to change anything is needed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn missing_migrations(&self) -> Result<usize, StoreError> {
        self.read(|connection| {
            let (known, table) = match connection {
                AnyConnection::Postgres(_) => (versions::<Pg>(&POSTGRES)?, POSTGRES_TABLE),
                AnyConnection::Sqlite(_) => (versions::<Sqlite>(&SQLITE)?, SQLITE_TABLE),
            };
            if words(connection, table)?.is_empty() {
                return Ok(known.len());
            }
            let applied = words(connection, APPLIED)?;
            Ok(known.difference(&applied).count())
        })
        .await
    }
}

fn words(connection: &mut AnyConnection, statement: &str) -> Result<BTreeSet<String>, TxError> {
    let found: Vec<Found> = match connection {
        AnyConnection::Postgres(inner) => diesel::sql_query(statement).load(inner)?,
        AnyConnection::Sqlite(inner) => diesel::sql_query(statement).load(inner)?,
    };
    Ok(found.into_iter().map(|found| found.word).collect())
}

fn versions<B: diesel::backend::Backend>(
    source: &impl MigrationSource<B>,
) -> Result<BTreeSet<String>, StoreError> {
    let migrations = source
        .migrations()
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OpenOptions;
    use crate::marketplace_test::fresh;

    #[tokio::test]
    async fn a_fresh_schema_lacks_all_and_a_migrated_one_none() {
        for fresh in fresh() {
            let db = &fresh.database;
            assert_eq!(db.missing_migrations().await, Ok(0));
            let newest = "DELETE FROM __diesel_schema_migrations WHERE version > '20261121000001'";
            let forgotten = db.read(move |connection| {
                Ok(match connection {
                    AnyConnection::Postgres(inner) => diesel::sql_query(newest).execute(inner)?,
                    AnyConnection::Sqlite(inner) => diesel::sql_query(newest).execute(inner)?,
                })
            });
            let forgotten = forgotten.await.unwrap();
            assert!(forgotten > 0);
            assert_eq!(db.missing_migrations().await, Ok(forgotten));
        }
        let file =
            std::env::temp_dir().join(format!("sojourn-unmigrated-{}.db", std::process::id()));
        let empty = Database::open(
            &format!("sqlite://{}", file.display()),
            OpenOptions { threads: 1 },
        )
        .unwrap();
        let all = versions::<Sqlite>(&SQLITE).unwrap();
        assert_eq!(all, versions::<Pg>(&POSTGRES).unwrap());
        assert_eq!(empty.missing_migrations().await, Ok(all.len()));
        drop(empty);
        std::fs::remove_file(file).unwrap();
    }
}
