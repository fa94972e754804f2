//! A fresh database for each test: an SQLite file, a PostgreSQL schema or a database of MariaDB.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Once};

#[cfg(feature = "mysql")]
use diesel::MysqlConnection;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use sojourn_persistence::{Database, OpenOptions};
use sojourn_security::HmacSigner;
use uuid::Uuid;

/// The secret with which tests open a database, other than that of their servers.
const TEST_SECRET: &[u8] = b"the secret of tests that open a database";

/// A database that is removed with the test.
pub struct TestDatabase {
    pub name: &'static str,
    pub url: String,
    folder: Option<PathBuf>,
    place: Place,
}

/// The server that a database is on, by its URL, and the name of its schema or database.
enum Place {
    Sqlite,
    Postgres(String, String),
    #[cfg(feature = "mysql")]
    Mysql(String, String),
}

/// Every available database: SQLite always, PostgreSQL and MariaDB when `SOJOURN_TEST_POSTGRES_URL` and
/// `SOJOURN_TEST_MYSQL_URL` are set, which is required under `CI`.
pub fn databases() -> Vec<TestDatabase> {
    static POSTGRES: Once = Once::new();
    let mut all = vec![TestDatabase::sqlite()];
    let postgres = server_url("PostgreSQL", "SOJOURN_TEST_POSTGRES_URL", &POSTGRES);
    all.extend(postgres.map(|url| TestDatabase::postgres(&url)));
    #[cfg(feature = "mysql")]
    {
        static MYSQL: Once = Once::new();
        let mysql = server_url("MariaDB", "SOJOURN_TEST_MYSQL_URL", &MYSQL);
        all.extend(mysql.map(|url| TestDatabase::mysql(&url)));
    }
    all
}

fn server_url(name: &str, variable: &str, reported: &Once) -> Option<String> {
    match std::env::var(variable) {
        Ok(url) => Some(url),
        Err(_) if std::env::var_os("CI").is_some() => {
            panic!("CI runs the tests against {name}: set {variable}")
        }
        Err(_) => {
            reported.call_once(|| skipped(&format!("everything on {name}: {variable} is not set")));
            None
        }
    }
}

/// Reports a skipped test on standard error, bypassing the capture of the test runner.
pub fn skipped(what: &str) {
    let _ignored = writeln!(io::stderr(), "skipped: {what}");
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("sojourn-test-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = format!("sqlite://{}", folder.join("sojourn.db").display());
        Self {
            name: "SQLite",
            url,
            folder: Some(folder),
            place: Place::Sqlite,
        }
    }

    fn postgres(base: &str) -> Self {
        let schema = format!("test_{}", Uuid::now_v7().simple());
        let mut admin = PgConnection::establish(base).unwrap();
        admin
            .batch_execute(&format!("CREATE SCHEMA {schema}"))
            .unwrap();
        let mark = if base.contains('?') { '&' } else { '?' };
        let url = format!("{base}{mark}options=-csearch_path%3D{schema}");
        Self {
            name: "PostgreSQL",
            url,
            folder: None,
            place: Place::Postgres(base.to_owned(), schema),
        }
    }

    #[cfg(feature = "mysql")]
    fn mysql(base: &str) -> Self {
        let name = format!("test_{}", Uuid::now_v7().simple());
        MysqlConnection::establish(base)
            .unwrap()
            .batch_execute(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))
            .unwrap();
        let (server, _) = base.rsplit_once('/').unwrap();
        Self {
            name: "MariaDB",
            url: format!("{server}/{name}"),
            folder: None,
            place: Place::Mysql(base.to_owned(), name),
        }
    }

    /// Opens the database and applies the migrations.
    pub fn open(&self) -> Database {
        let options = OpenOptions {
            threads: 4,
            signer: Some(Arc::new(HmacSigner::new(&[TEST_SECRET.to_vec()]))),
        };
        let database = Database::open(&self.url, options).unwrap();
        database.migrate().unwrap();
        database
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _gone = std::fs::remove_dir_all(folder);
        }
        match &self.place {
            Place::Sqlite => {}
            Place::Postgres(base, schema) => {
                if let Ok(mut admin) = PgConnection::establish(base) {
                    let _gone = admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
                }
            }
            #[cfg(feature = "mysql")]
            Place::Mysql(base, name) => {
                if let Ok(mut admin) = MysqlConnection::establish(base) {
                    let _gone = admin.batch_execute(&format!("DROP DATABASE {name}"));
                }
            }
        }
    }
}
