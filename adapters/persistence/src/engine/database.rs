//! The database, as the rest of the program uses it.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::ports::Signer;
use sojourn_domain::shared::RepositoryError;

use super::connection::{AnyConnection, ConnectionManager};
use super::errors::TxError;
use super::executor::{Executor, OnLostConnection};
use super::location::{Location, UrlError};
use super::migrate::MigrateError;
use super::retries::write_tx;
use super::transaction::read_tx;
use crate::load::Load;

/// The longest wait for a connection: a caller must learn within two seconds that a database is unreachable.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(1);

/// Options for opening a database.
#[derive(Clone)]
pub struct OpenOptions {
    /// Number of threads and of connections, at least one.
    pub threads: usize,
    /// Authenticates the lines of the audit log, which can be neither appended nor verified without it.
    pub signer: Option<Arc<dyn Signer>>,
}

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names no supported database.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// A thread could not be started, or a directory not created.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database does not answer.
    #[error(transparent)]
    Connect(#[from] r2d2::Error),
    /// The schema could not be migrated.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// A database, shared by all its clones. It implements every repository and query.
#[derive(Clone)]
pub struct Database {
    pool: r2d2::Pool<ConnectionManager>,
    executor: Executor,
}

type PooledConnection = r2d2::PooledConnection<ConnectionManager>;

impl Database {
    /// Checks a URL without connecting.
    ///
    /// # Errors
    /// [`UrlError`].
    pub fn check_url(url: &str) -> Result<(), UrlError> {
        Location::parse(url).map(drop)
    }

    /// Opens `postgres://…`, `mysql://…`, `mariadb://…` or an SQLite file (`sqlite://path` or a bare path), which is
    /// created if it is missing. A server that does not answer yet is no error here: every call tries to connect again.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(url: &str, options: OpenOptions) -> Result<Self, OpenError> {
        let OpenOptions { threads, signer } = options;
        let location = Location::parse(url)?;
        location.prepare()?;
        let threads = if location.is_private() {
            1
        } else {
            threads.max(1)
        };
        let size = u32::try_from(threads).unwrap_or(u32::MAX);
        let pool = r2d2::Pool::builder()
            .max_size(size)
            // Connections are made when they are needed. One that is being made in the background while a command ends
            // would crash it: the client library of PostgreSQL does not survive the exit of the process.
            .min_idle(Some(0))
            .test_on_check_out(false)
            .max_lifetime(None)
            .idle_timeout(None)
            .connection_timeout(CONNECTION_TIMEOUT)
            .build_unchecked(ConnectionManager(location));
        let executor = Executor::start(&pool, threads, signer.as_ref())?;
        Ok(Self { pool, executor })
    }

    /// Load of the threads and connections.
    #[must_use]
    pub fn thread_load(&self) -> Load {
        let connections = self.pool.state();
        Load {
            threads: self.pool.max_size().into(),
            connections: connections.connections.into(),
            idle_connections: connections.idle_connections.into(),
            ..self.executor.load()
        }
    }

    /// Runs work that migrates the schema, with a connection of its own. Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub(crate) fn with_connection<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, MigrateError>,
    ) -> Result<T, OpenError> {
        Ok(work(&mut *self.pool.get()?)?)
    }

    /// A connection for work that takes long. Blocks.
    pub(crate) fn connection(&self) -> Result<PooledConnection, RepositoryError> {
        let connection = self.pool.get();
        connection.map_err(|error| RepositoryError::Unavailable(error.to_string()))
    }

    /// Runs work that writes on a database thread; fails at once when too much is queued.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnMut(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<RepositoryError> + Send + 'static,
    {
        self.executor.run(OnLostConnection::Fail, work).await
    }

    /// Runs work that only reads on a database thread. It is repeated once on another connection when its own was lost.
    async fn run_read<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut AnyConnection) -> Result<T, RepositoryError> + Send + 'static,
    ) -> Result<T, RepositoryError> {
        self.executor.run(OnLostConnection::Repeat, work).await
    }

    /// Runs statements that read, each seeing what is committed at that moment.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError> + Send + 'static,
    ) -> Result<T, RepositoryError> {
        self.run_read(move |connection| work(connection).map_err(RepositoryError::from))
            .await
    }

    /// Runs statements that read, all over one unchanging state of the database.
    pub(crate) async fn read_consistently<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError> + Send + 'static,
    ) -> Result<T, RepositoryError> {
        self.run_read(move |connection| read_tx(connection, &mut work))
            .await
    }

    /// Runs a transaction that writes; see [`write_tx`].
    pub(crate) async fn write<T, E>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<RepositoryError> + From<TxError> + Send + 'static,
    {
        self.run(move |connection| write_tx(connection, &mut work))
            .await
    }
}
