//! Everything in which the databases differ.

pub(crate) mod backends;
pub(crate) mod definition;
pub(crate) mod macros;
pub(crate) mod postgres;
pub(crate) mod sqlite;
