//! One-time tokens.

pub(crate) mod repository;
