//! The dialect of each connection.

use super::definition::Dialect;
use super::postgres::Postgres;
use super::sqlite::Sqlite;
use crate::engine::connection::AnyConnection;

/// All dialects, for errors that are judged without their connection.
pub(crate) const ALL: [&dyn Dialect; 2] = [&Postgres, &Sqlite];

impl AnyConnection {
    /// The dialect of the database behind this connection.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Self::Postgres(_) => &Postgres,
            Self::Sqlite(_) => &Sqlite,
        }
    }
}
