//! All dialects.

use super::definition::Dialect;
#[cfg(feature = "mysql")]
use super::mysql::Mysql;
use super::postgres::Postgres;
use super::sqlite::Sqlite;

/// All dialects, for errors that are judged without their connection.
pub(crate) const ALL: &[&dyn Dialect] = &[
    &Postgres,
    &Sqlite,
    #[cfg(feature = "mysql")]
    &Mysql,
];
