//! Connections, threads, transactions, errors and migrations.

pub(crate) mod connection;
pub(crate) mod constraints;
pub(crate) mod database;
pub(crate) mod errors;
pub(crate) mod executor;
pub(crate) mod location;
pub(crate) mod locks;
pub(crate) mod migrate;
#[cfg(feature = "mysql")]
pub(crate) mod mysql_server;
#[cfg(feature = "mysql")]
pub(crate) mod mysql_url;
pub(crate) mod pending_migrations;
pub(crate) mod read_only;
pub(crate) mod retries;
pub(crate) mod transaction;
pub(crate) mod writer_lock;

#[cfg(test)]
mod constraint_tests;
#[cfg(test)]
mod executor_tests;
#[cfg(test)]
mod migrate_tests;
#[cfg(test)]
mod schema_tests;
