//! Brings the schema up to date.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::connection::AnyConnection;

pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Any number, the same for everybody who migrates.
const LOCK: &str = "7205759403792793600";

/// The schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
#[error("a migration failed: {0}")]
pub struct MigrateError(String);

impl From<diesel::result::Error> for MigrateError {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the migrations that are missing and returns their names. Two processes that do so at once wait for each
/// other.
pub(crate) fn migrate(connection: &mut AnyConnection) -> Result<Vec<String>, MigrateError> {
    match connection {
        AnyConnection::Postgres(inner) => migrate_postgres(inner),
        AnyConnection::Sqlite(inner) => migrate_sqlite(inner),
    }
}

fn migrate_postgres(connection: &mut PgConnection) -> Result<Vec<String>, MigrateError> {
    // A migration of a large table takes its time, and so may the one that is waited for.
    connection.batch_execute(&format!(
        "SET statement_timeout = 0; SELECT pg_advisory_lock({LOCK})"
    ))?;
    let done = run(connection.run_pending_migrations(POSTGRES));
    connection.batch_execute(&format!(
        "SELECT pg_advisory_unlock({LOCK}); {}",
        AnyConnection::TIME_LIMIT
    ))?;
    done
}

fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, MigrateError> {
    AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?;
    let done = run(connection.run_pending_migrations(SQLITE));
    if done.is_ok() {
        AnsiTransactionManager::commit_transaction(connection)?;
    } else {
        AnsiTransactionManager::rollback_transaction(connection)?;
    }
    done
}

fn run<V: std::fmt::Display, E: std::fmt::Display>(
    done: Result<Vec<V>, E>,
) -> Result<Vec<String>, MigrateError> {
    match done {
        Ok(versions) => Ok(versions.iter().map(ToString::to_string).collect()),
        Err(error) => Err(MigrateError(error.to_string())),
    }
}
