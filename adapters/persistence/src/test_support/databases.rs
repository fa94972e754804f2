//! Fresh databases: an SQLite file, a PostgreSQL schema where `SOJOURN_TEST_POSTGRES_URL` names a server, and a
//! database of MySQL where `SOJOURN_TEST_MYSQL_URL` names a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

#[cfg(feature = "mysql")]
use diesel::MysqlConnection;
use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::{Connection, PgConnection};
use sojourn_application::ports::{Signer, TokenError};
use sojourn_domain::shared::RepositoryError;

use crate::columns::hash::sha256;
use crate::engine::connection::AnyConnection;
use crate::engine::database::{Database, OpenOptions};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A migrated database of its own, which is deleted when it is dropped.
pub(crate) struct FreshDatabase {
    pub(crate) database: Database,
    pub(crate) url: String,
    directory: std::path::PathBuf,
    place: Place,
}

/// The server that a database is on, by its URL, and the name of its schema or database.
enum Place {
    Sqlite,
    Postgres(String, String),
    #[cfg(feature = "mysql")]
    Mysql(String, String),
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.directory);
        match &self.place {
            Place::Sqlite => {}
            Place::Postgres(url, name) => {
                if let Ok(mut connection) = PgConnection::establish(url) {
                    let _gone = connection.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
                }
            }
            #[cfg(feature = "mysql")]
            Place::Mysql(url, name) => {
                if let Ok(mut connection) = MysqlConnection::establish(url) {
                    let _gone = connection.batch_execute(&format!("DROP DATABASE {name}"));
                }
            }
        }
    }
}

impl FreshDatabase {
    /// The SQL for the database that this is.
    #[cfg_attr(not(feature = "mysql"), expect(unused_variables))]
    pub(crate) fn select<'a>(&self, postgres: &'a str, sqlite: &'a str, mysql: &'a str) -> &'a str {
        match self.place {
            Place::Sqlite => sqlite,
            Place::Postgres(..) => postgres,
            #[cfg(feature = "mysql")]
            Place::Mysql(..) => mysql,
        }
    }
}

/// A fresh database of each kind that is available, SQLite first.
pub(crate) fn fresh_databases() -> Vec<FreshDatabase> {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("sojourn_unit_{}_{number}", std::process::id());
    let directory = std::env::temp_dir().join(&name);
    let sqlite = format!("sqlite://{}/nested/data.db", directory.display());
    let mut urls = vec![(sqlite, Place::Sqlite)];
    match std::env::var("SOJOURN_TEST_POSTGRES_URL") {
        Ok(url) => {
            PgConnection::establish(&url)
                .unwrap()
                .batch_execute(&format!(
                    "DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"
                ))
                .unwrap();
            let separator = if url.contains('?') { '&' } else { '?' };
            urls.push((
                format!("{url}{separator}options=-csearch_path%3D{name}"),
                Place::Postgres(url, name.clone()),
            ));
        }
        Err(_) => assert!(
            std::env::var_os("CI").is_none(),
            "SOJOURN_TEST_POSTGRES_URL must name a PostgreSQL server"
        ),
    }
    #[cfg(feature = "mysql")]
    urls.extend(mysql(&name));
    let open = |(url, place): (String, _)| FreshDatabase {
        database: migrated(&url),
        url,
        directory: directory.clone(),
        place,
    };
    urls.into_iter().map(open).collect()
}

#[cfg(feature = "mysql")]
fn mysql(name: &str) -> Option<(String, Place)> {
    let Ok(base) = std::env::var("SOJOURN_TEST_MYSQL_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "SOJOURN_TEST_MYSQL_URL must name a server of MySQL or MariaDB"
        );
        return None;
    };
    let mut connection = MysqlConnection::establish(&base).unwrap();
    let create =
        format!("DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4");
    connection.batch_execute(&create).unwrap();
    let (server, _) = base.rsplit_once('/').unwrap();
    Some((
        format!("{server}/{name}"),
        Place::Mysql(base, name.to_owned()),
    ))
}

/// Options with this number of threads and a signer.
pub(crate) fn options(threads: usize) -> OpenOptions {
    OpenOptions {
        threads,
        signer: Some(Arc::new(TestSigner(&["key"]))),
    }
}

/// A signer whose digests are keyed by these texts, the current one first.
#[derive(Debug)]
pub(crate) struct TestSigner(pub(crate) &'static [&'static str]);

impl Signer for TestSigner {
    fn digests(&self, purpose: &'static str, payload: &[u8]) -> Vec<String> {
        let payload = String::from_utf8_lossy(payload);
        let digest = |key: &&str| sha256(&format!("{key} {purpose} {payload}"));
        self.0.iter().map(digest).collect()
    }

    fn seal(&self, _: &'static str, _: &[u8], _: &[u8]) -> String {
        unreachable!("the database encrypts nothing for clients")
    }

    fn unseal(&self, _: &'static str, _: &[u8], _: &str) -> Result<Vec<u8>, TokenError> {
        Err(TokenError)
    }
}

fn migrated(url: &str) -> Database {
    let database = Database::open(url, options(8)).unwrap();
    assert!(!database.migrate().unwrap().is_empty());
    assert!(
        database.migrate().unwrap().is_empty(),
        "a second migration finds nothing to do"
    );
    database
}

/// A database with one connection, whose statements are counted.
pub(crate) async fn with_statement_count(url: &str) -> (Database, Arc<AtomicU32>) {
    let count = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&count);
    let database = observed(url, move |_| {
        seen.fetch_add(1, Ordering::Relaxed);
    })
    .await;
    (database, count)
}

/// A database with one connection, whose statements are shown to an observer before they run.
pub(crate) async fn observed(
    url: &str,
    observer: impl Fn(String) + Clone + Send + 'static,
) -> Database {
    let database = Database::open(url, options(1)).unwrap();
    let observe = move |conn: &mut AnyConnection| -> Result<(), RepositoryError> {
        let observer = observer.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                observer(query.to_string());
            }
        });
        Ok(())
    };
    database.run(observe).await.unwrap();
    database
}
