//! Migrations that the schema lacks.

use std::collections::BTreeSet;

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use sojourn_domain::shared::RepositoryError;

use super::connection::AnyConnection;
use super::database::Database;
use super::errors::{TxError, corrupt};
#[cfg(feature = "mysql")]
use super::migrate::MYSQL;
use super::migrate::{POSTGRES, SQLITE};
#[cfg(feature = "mysql")]
use super::mysql_server::find_unsafe_settings;

const APPLIED: &str = "SELECT version AS word FROM __diesel_schema_migrations";

#[derive(QueryableByName)]
struct WordRow {
    #[diesel(sql_type = Text)]
    word: String,
}

impl Database {
    /// Reasons against using the database server, such as settings that lose data; each says what to
    /// change.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database does not answer.
    pub async fn unsafe_settings(&self) -> Result<Vec<String>, RepositoryError> {
        self.read(|connection| match connection {
            AnyConnection::Postgres(_) | AnyConnection::Sqlite(_) => Ok(Vec::new()),
            #[cfg(feature = "mysql")]
            AnyConnection::Mysql(_) => Ok(find_unsafe_settings(connection)?),
        })
        .await
    }

    /// Number of migrations that the schema lacks. Changes nothing, and needs no right to change anything.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database does not answer.
    pub async fn missing_migrations(&self) -> Result<usize, RepositoryError> {
        self.read(|connection| {
            let (known, applied) = migrations(connection)?;
            Ok(known.difference(&applied).count())
        })
        .await
    }

    /// The newest migration of the schema; `None` for a database without one.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database does not answer.
    pub async fn newest_migration(&self) -> Result<Option<String>, RepositoryError> {
        self.read(|connection| Ok(migrations(connection)?.1.pop_last()))
            .await
    }

    /// Number of migrations in the schema that this version of the program does not know: a newer one has applied them.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database does not answer.
    pub async fn unknown_migrations(&self) -> Result<usize, RepositoryError> {
        self.read(|connection| {
            let (known, applied) = migrations(connection)?;
            let newest = known.last();
            let newer = applied.iter().filter(|version| Some(*version) > newest);
            Ok(newer.count())
        })
        .await
    }
}

/// The newest migration that this version of the program knows, of any database: some concern one of them alone.
///
/// # Errors
/// [`RepositoryError::Internal`] for a defect of the migrations.
pub fn newest_known_migration() -> Result<String, RepositoryError> {
    let mut all = versions::<Sqlite>(&SQLITE)?;
    all.append(&mut versions::<Pg>(&POSTGRES)?);
    #[cfg(feature = "mysql")]
    all.append(&mut versions::<diesel::mysql::Mysql>(&MYSQL)?);
    Ok(all.pop_last().unwrap_or_default())
}

/// The versions of the migrations that the program knows, and of those that the schema has.
fn migrations(
    connection: &mut AnyConnection,
) -> Result<(BTreeSet<String>, BTreeSet<String>), TxError> {
    let known = match connection {
        AnyConnection::Postgres(_) => versions::<Pg>(&POSTGRES)?,
        AnyConnection::Sqlite(_) => versions::<Sqlite>(&SQLITE)?,
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => versions::<diesel::mysql::Mysql>(&MYSQL)?,
    };
    let find_table = connection.dialect().find_migrations_table();
    let applied = if words(connection, find_table)?.is_empty() {
        BTreeSet::new()
    } else {
        words(connection, APPLIED)?
    };
    Ok((known, applied))
}

fn words(connection: &mut AnyConnection, statement: &str) -> Result<BTreeSet<String>, TxError> {
    let rows: Vec<WordRow> = diesel::sql_query(statement).load(connection)?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

fn versions<B: diesel::backend::Backend>(
    source: &impl MigrationSource<B>,
) -> Result<BTreeSet<String>, RepositoryError> {
    let migrations = source.migrations().map_err(corrupt)?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::databases::{fresh_databases, options};

    #[tokio::test]
    async fn an_empty_schema_lacks_all_migrations_and_a_migrated_one_none() {
        for fresh in fresh_databases() {
            let db = &fresh.database;
            assert_eq!(db.missing_migrations().await, Ok(0));
            let newest = "DELETE FROM __diesel_schema_migrations WHERE version > '20261121000001'";
            let forgotten = db
                .read(move |connection| Ok(diesel::sql_query(newest).execute(connection)?))
                .await
                .unwrap();
            assert!(forgotten > 0);
            assert_eq!(db.missing_migrations().await, Ok(forgotten));
            assert_eq!(db.unknown_migrations().await, Ok(0));
            let later =
                "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000001')";
            db.read(move |connection| Ok(diesel::sql_query(later).execute(connection)?))
                .await
                .unwrap();
            assert_eq!(db.unknown_migrations().await, Ok(1));
        }
        let file =
            std::env::temp_dir().join(format!("sojourn-unmigrated-{}.db", std::process::id()));
        let empty = Database::open(&format!("sqlite://{}", file.display()), options(1)).unwrap();
        let all = versions::<Sqlite>(&SQLITE).unwrap();
        assert_eq!(all, versions::<Pg>(&POSTGRES).unwrap());
        #[cfg(feature = "mysql")]
        {
            let mut mysql = versions::<diesel::mysql::Mysql>(&MYSQL).unwrap();
            // Its computed columns became stored ones.
            assert!(mysql.remove("20261128000028"));
            let first = mysql.first().unwrap().clone();
            assert_eq!(
                mysql,
                all.iter().filter(|it| **it >= first).cloned().collect()
            );
        }
        assert_eq!(empty.missing_migrations().await, Ok(all.len()));
        drop(empty);
        std::fs::remove_file(file).unwrap();
    }
}
