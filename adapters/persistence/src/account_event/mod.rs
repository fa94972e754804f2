//! Events of accounts.

pub(crate) mod append;
mod repository;
mod row;
