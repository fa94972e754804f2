//! Migrations of the schema.

#[cfg(feature = "mysql")]
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::AnyConnection;
use crate::dialect::definition::{Dialect, STATEMENT_TIMEOUT};
#[cfg(feature = "mysql")]
use crate::dialect::mysql;
use crate::dialect::postgres::statement_timeout;
use crate::dialect::sqlite::Sqlite;
use crate::engine::locks::MIGRATION_LOCK;
#[cfg(feature = "mysql")]
use crate::engine::mysql_server::find_unsafe_settings;

/// The migrations of PostgreSQL.
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
/// The migrations of SQLite.
pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// The migrations of MySQL and MariaDB. The first one makes the schema that the others had at its version; from it on
/// each engine has the same versions.
#[cfg(feature = "mysql")]
pub(crate) const MYSQL: EmbeddedMigrations = embed_migrations!("../../migrations/mysql");

/// The schema could not be migrated.
#[derive(Debug, thiserror::Error)]
#[error("a migration failed: {0}")]
pub struct MigrateError(String);

impl MigrateError {
    /// A failure with this message.
    pub(crate) const fn from_message(message: String) -> Self {
        Self(message)
    }
}

impl From<diesel::result::Error> for MigrateError {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the pending migrations and returns their versions. Two processes that migrate at once wait for each other.
pub(crate) fn migrate(connection: &mut AnyConnection) -> Result<Vec<String>, MigrateError> {
    match connection {
        AnyConnection::Postgres(inner) => migrate_postgres(inner),
        AnyConnection::Sqlite(inner) => migrate_sqlite(inner),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => migrate_mysql(connection),
    }
}

fn migrate_postgres(connection: &mut PgConnection) -> Result<Vec<String>, MigrateError> {
    // The migration of a large table takes its time, and so may the process that is waited for.
    connection.batch_execute(&format!(
        "SET statement_timeout = 0; SELECT pg_advisory_lock({MIGRATION_LOCK})"
    ))?;
    let done = versions(connection.run_pending_migrations(POSTGRES));
    connection.batch_execute(&format!(
        "SELECT pg_advisory_unlock({MIGRATION_LOCK}); {}",
        statement_timeout(STATEMENT_TIMEOUT)
    ))?;
    done
}

fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, MigrateError> {
    AnsiTransactionManager::begin_transaction_sql(connection, Sqlite.begin_write())?;
    let done = versions(connection.run_pending_migrations(SQLITE));
    if done.is_ok() {
        AnsiTransactionManager::commit_transaction(connection)?;
    } else {
        AnsiTransactionManager::rollback_transaction(connection)?;
    }
    done
}

#[cfg(feature = "mysql")]
#[derive(diesel::QueryableByName)]
struct Locked {
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::BigInt>)]
    locked: Option<i64>,
}

/// The lock is that of the server for this database. Each statement that changes the schema is committed by itself.
#[cfg(feature = "mysql")]
fn migrate_mysql(connection: &mut AnyConnection) -> Result<Vec<String>, MigrateError> {
    use diesel::RunQueryDsl;

    let unsafe_settings = find_unsafe_settings(connection)?;
    if !unsafe_settings.is_empty() {
        return Err(MigrateError::from_message(unsafe_settings.join("; ")));
    }
    let AnyConnection::Mysql(connection) = connection else {
        return Ok(Vec::new());
    };
    let name = format!("MD5(CONCAT('{MIGRATION_LOCK} ', DATABASE()))");
    connection.batch_execute(&mysql::statement_timeout(Duration::ZERO))?;
    let wait = format!("SELECT GET_LOCK({name}, 3600) AS locked");
    let lock: Locked = diesel::sql_query(wait).get_result(connection)?;
    if lock.locked != Some(1) {
        return Err(MigrateError::from_message(
            "another process has been migrating for an hour".to_owned(),
        ));
    }
    let done = versions(connection.run_pending_migrations(MYSQL));
    connection.batch_execute(&format!(
        "DO RELEASE_LOCK({name}); {}",
        mysql::statement_timeout(STATEMENT_TIMEOUT)
    ))?;
    done
}

fn versions<V: std::fmt::Display, E: std::fmt::Display>(
    done: Result<Vec<V>, E>,
) -> Result<Vec<String>, MigrateError> {
    match done {
        Ok(versions) => Ok(versions.iter().map(ToString::to_string).collect()),
        Err(error) => Err(MigrateError(error.to_string())),
    }
}
