//! One connection type over both databases, and how a connection of each is made ready.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

/// A connection to either database.
#[derive(MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

impl AnyConnection {
    /// No statement of PostgreSQL's runs longer: what it waits for is not to be had.
    pub(crate) const TIME_LIMIT: &str = "SET statement_timeout = '30s'";
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A connection string of libpq.
    Postgres(String),
    /// A file, a `file:` URI or `:memory:`.
    Sqlite(String),
}

/// The URL is none of a database that is supported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the database URL begins with none of postgres://, postgresql:// and sqlite:")]
pub struct UrlError;

impl Location {
    /// Reads a URL. Text without a scheme is the path of an SQLite file.
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        if path.is_empty() || (path.contains("://") && !path.starts_with("file:")) {
            return Err(UrlError);
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    /// Whether every connection would see a database of its own.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Self::Sqlite(path) if path.contains(":memory:") || path.contains("mode=memory"))
    }

    /// Makes the directories that an SQLite file is to lie in.
    pub(crate) fn prepare(&self) -> std::io::Result<()> {
        let Self::Sqlite(path) = self else {
            return Ok(());
        };
        let path = path.strip_prefix("file:").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => std::fs::create_dir_all(parent),
            Some(_) | None => Ok(()),
        }
    }

    /// A connection, ready for use.
    pub(crate) fn connect(&self) -> Result<AnyConnection, ConnectError> {
        match self {
            Self::Postgres(url) => {
                let mut connection = PgConnection::establish(url)?;
                connection.batch_execute(&format!(
                    "SET TIME ZONE 'UTC'; {}",
                    AnyConnection::TIME_LIMIT
                ))?;
                Ok(AnyConnection::Postgres(connection))
            }
            Self::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path)?;
                // The time limit first: the switch to WAL may have to wait for another process. FULL, because a
                // booking that was confirmed to a guest must survive a power cut.
                connection.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
                )?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }
}

/// No connection could be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The database does not answer.
    #[error(transparent)]
    Connect(#[from] diesel::ConnectionError),
    /// It refused its settings.
    #[error(transparent)]
    Settings(#[from] diesel::result::Error),
}

/// Makes connections for the pool.
#[derive(Debug)]
pub(crate) struct Connections(pub(crate) Location);

impl r2d2::ManageConnection for Connections {
    type Connection = AnyConnection;
    type Error = ConnectError;

    fn connect(&self) -> Result<AnyConnection, ConnectError> {
        self.0.connect()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), ConnectError> {
        Ok(connection.ping()?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urls() {
        let sqlite = |path: &str| Ok(Location::Sqlite(path.to_owned()));
        for (url, path) in [
            ("sqlite://a/b.db", "a/b.db"),
            ("sqlite:///a.db", "/a.db"),
            ("sqlite:a.db", "a.db"),
            ("a.db", "a.db"),
        ] {
            assert_eq!(Location::parse(url), sqlite(path), "{url}");
        }
        assert!(matches!(
            Location::parse("postgres://localhost/x"),
            Ok(Location::Postgres(_))
        ));
        for bad in ["", "sqlite:", "mysql://localhost/x"] {
            assert_eq!(Location::parse(bad), Err(UrlError), "{bad}");
        }
    }
}
