//! Versions of the marketplace terms.

pub(crate) mod repository;
