//! One connection type over all databases.

#[cfg(feature = "mysql")]
use diesel::MysqlConnection;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

use super::location::Location;
use crate::dialect::definition::Dialect;
use crate::dialect::macros::with_connection;
#[cfg(feature = "mysql")]
use crate::dialect::mysql::Mysql;
use crate::dialect::postgres::Postgres;
use crate::dialect::sqlite::Sqlite;

/// A connection to any of the databases.
#[derive(MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
    /// MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    Mysql(MysqlConnection),
}

impl AnyConnection {
    /// The dialect of the database behind this connection.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Self::Postgres(_) => &Postgres,
            Self::Sqlite(_) => &Sqlite,
            #[cfg(feature = "mysql")]
            Self::Mysql(_) => &Mysql,
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
            #[cfg(feature = "mysql")]
            Location::Mysql(url) => {
                let mut connection = MysqlConnection::establish(&url.url)?;
                connection.batch_execute(&Mysql.connection_settings())?;
                url.tls.check(&mut connection)?;
                Ok(Self::Mysql(connection))
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

impl AnyConnection {
    /// Marks the connection as broken if it was lost, where the client of the database does not do so.
    pub(crate) fn find_loss(&mut self) {
        if self.dialect().hides_lost_connections() && !self.is_broken() && self.ping().is_err() {
            self.give_up();
        }
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
    /// The connection is not encrypted, although the URL requires that.
    #[cfg(feature = "mysql")]
    #[error("the server does not encrypt the connection, which ssl_mode requires")]
    NotEncrypted,
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
