//! Fresh databases: an SQLite file, and a PostgreSQL schema where `SOJOURN_TEST_POSTGRES_URL` names a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::{Connection, PgConnection};
use sojourn_domain::shared::RepositoryError;

use crate::engine::connection::AnyConnection;
use crate::engine::database::{Database, OpenOptions};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A migrated database of its own, which is deleted when it is dropped.
pub(crate) struct FreshDatabase {
    pub(crate) database: Database,
    pub(crate) url: String,
    directory: std::path::PathBuf,
    schema: Option<(String, String)>,
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.directory);
        if let Some((url, name)) = &self.schema
            && let Ok(mut connection) = PgConnection::establish(url)
        {
            let _gone = connection.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

impl FreshDatabase {
    /// The SQL for the database that this is.
    pub(crate) fn select<'a>(&self, postgres: &'a str, sqlite: &'a str) -> &'a str {
        if self.schema.is_some() {
            postgres
        } else {
            sqlite
        }
    }
}

/// A fresh database of each kind that is available, SQLite first.
pub(crate) fn fresh_databases() -> Vec<FreshDatabase> {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("sojourn_unit_{}_{number}", std::process::id());
    let directory = std::env::temp_dir().join(&name);
    let sqlite = format!("sqlite://{}/nested/data.db", directory.display());
    let mut urls = vec![(sqlite, None)];
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
                Some((url, name)),
            ));
        }
        Err(_) => assert!(
            std::env::var_os("CI").is_none(),
            "SOJOURN_TEST_POSTGRES_URL must name a PostgreSQL server"
        ),
    }
    let open = |(url, schema): (String, _)| FreshDatabase {
        database: migrated(&url),
        url,
        directory: directory.clone(),
        schema,
    };
    urls.into_iter().map(open).collect()
}

fn migrated(url: &str) -> Database {
    let database = Database::open(url, OpenOptions { threads: 8 }).unwrap();
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
    let database = Database::open(url, OpenOptions { threads: 1 }).unwrap();
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
