//! A fresh database for each test: an SQLite file or a PostgreSQL schema.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Once;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use sojourn_persistence::{Database, OpenOptions};
use uuid::Uuid;

/// A database that is removed with the test.
pub struct TestDatabase {
    pub name: &'static str,
    pub url: String,
    folder: Option<PathBuf>,
    schema: Option<(String, String)>,
}

/// Every available database: SQLite always, PostgreSQL when `SOJOURN_TEST_POSTGRES_URL` is set, which is required under
/// `CI`.
pub fn databases() -> Vec<TestDatabase> {
    let mut all = vec![TestDatabase::sqlite()];
    match std::env::var("SOJOURN_TEST_POSTGRES_URL") {
        Ok(url) => all.push(TestDatabase::postgres(&url)),
        Err(_) if std::env::var_os("CI").is_some() => {
            panic!("CI runs the tests against PostgreSQL: set SOJOURN_TEST_POSTGRES_URL")
        }
        Err(_) => {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| {
                skipped("everything on PostgreSQL: SOJOURN_TEST_POSTGRES_URL is not set");
            });
        }
    }
    all
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
            schema: None,
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
            schema: Some((base.to_owned(), schema)),
        }
    }

    /// Opens the database and applies the migrations.
    pub fn open(&self) -> Database {
        let database = Database::open(&self.url, OpenOptions { threads: 4 }).unwrap();
        database.migrate().unwrap();
        database
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _gone = std::fs::remove_dir_all(folder);
        }
        if let Some((base, schema)) = &self.schema
            && let Ok(mut admin) = PgConnection::establish(base)
        {
            let _gone = admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}
