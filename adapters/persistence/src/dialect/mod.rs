//! Everything in which the databases differ.

pub(crate) mod backends;
pub(crate) mod definition;
pub(crate) mod macros;
#[cfg(feature = "mysql")]
pub(crate) mod mysql;
pub(crate) mod postgres;
pub(crate) mod sqlite;
