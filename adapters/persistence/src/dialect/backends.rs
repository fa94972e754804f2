//! All dialects.

use super::definition::Dialect;
use super::postgres::Postgres;
use super::sqlite::Sqlite;

/// All dialects, for errors that are judged without their connection.
pub(crate) const ALL: [&dyn Dialect; 2] = [&Postgres, &Sqlite];
