//! One connection type over all databases.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

use super::location::Location;
use crate::dialect::definition::Dialect;
use crate::dialect::macros::with_connection;
use crate::dialect::postgres::Postgres;
use crate::dialect::sqlite::Sqlite;

/// A connection to any of the databases.
#[derive(MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

impl AnyConnection {
    /// The dialect of the database behind this connection.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Self::Postgres(_) => &Postgres,
            Self::Sqlite(_) => &Sqlite,
        }
    }

    /// Connects and prepares the connection for use.
    fn open(location: &Location) -> Result<Self, ConnectError> {
        match location {
            Location::Postgres(url) => {
                let mut connection = PgConnection::establish(url)?;
                connection.batch_execute(&Postgres.connection_settings())?;
                Ok(Self::Postgres(connection))
            }
            Location::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path)?;
                connection.batch_execute(&Sqlite.connection_settings())?;
                Ok(Self::Sqlite(connection))
            }
        }
    }
}

impl AnyConnection {
    /// Marks the connection as broken, so that the pool replaces it.
    pub(crate) fn give_up(&mut self) {
        with_connection!(self, c => {
            AnsiTransactionManager::transaction_manager_status_mut(c).set_in_error();
        });
    }
}

/// No connection could be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The database does not answer.
    #[error(transparent)]
    Connect(#[from] diesel::ConnectionError),
    /// The database refused the settings of the connection.
    #[error(transparent)]
    Settings(#[from] diesel::result::Error),
}

/// Makes and checks the connections of the pool.
#[derive(Debug)]
pub(crate) struct ConnectionManager(pub(crate) Location);

impl r2d2::ManageConnection for ConnectionManager {
    type Connection = AnyConnection;
    type Error = ConnectError;

    fn connect(&self) -> Result<AnyConnection, ConnectError> {
        AnyConnection::open(&self.0)
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), ConnectError> {
        Ok(connection.ping()?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}
