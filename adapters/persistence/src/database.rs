//! The database as the rest of the program sees it.

use std::time::Duration;

use sojourn_domain::shared::StoreError;

use crate::connection::{AnyConnection, Connections, Location, UrlError};
use crate::errors::TxError;
use crate::executor::Executor;
use crate::migrate::{MigrateError, migrate};

/// So long is waited for a connection; a caller is told of a database that is away within two seconds.
const WAIT_FOR_A_CONNECTION: Duration = Duration::from_secs(1);

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOptions {
    /// How many threads and connections it gets, at least one.
    pub threads: usize,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { threads: 8 }
    }
}

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its URL makes no sense.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// No thread could be started, or no directory made.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It does not answer.
    #[error(transparent)]
    Connect(#[from] r2d2::Error),
    /// Its schema could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// A database, shared by all who hold a clone. It implements every repository and query.
#[derive(Clone)]
pub struct Database {
    pool: r2d2::Pool<Connections>,
    executor: Executor,
}

impl Database {
    /// Opens `postgres://…` or an SQLite file (`sqlite://path` or a bare path), which is made if it is missing. A
    /// server that does not answer yet is no error here: every call asks it anew.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(url: &str, options: OpenOptions) -> Result<Self, OpenError> {
        let location = Location::parse(url)?;
        location.prepare()?;
        let threads = if location.is_private() {
            1
        } else {
            options.threads.max(1)
        };
        let size = u32::try_from(threads).unwrap_or(u32::MAX);
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .max_lifetime(None)
            .idle_timeout(None)
            .connection_timeout(WAIT_FOR_A_CONNECTION)
            .build_unchecked(Connections(location));
        let executor = Executor::start(&pool, threads)?;
        Ok(Self { pool, executor })
    }

    /// Brings the schema up to date and returns the migrations that were missing. Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn migrate(&self) -> Result<Vec<String>, OpenError> {
        Ok(migrate(&mut *self.pool.get()?)?)
    }

    /// Runs work on a database thread. When too much is queued it fails at once.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnMut(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.executor.run(work).await
    }

    /// Runs a statement or several that read, each seeing what is committed then.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(move |connection| work(connection).map_err(StoreError::from))
            .await
    }

    /// Runs a transaction that writes; see [`crate::dialect::write_tx`].
    pub(crate) async fn write<T, E>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<TxError> + Send + 'static,
    {
        self.run(move |connection| crate::dialect::write_tx(connection, &mut work))
            .await
    }
}
