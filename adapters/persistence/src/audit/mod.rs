//! The audit log.

pub(crate) mod append;
pub(crate) mod chain;
pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
pub(crate) mod seal;

#[cfg(test)]
mod chain_tests;
