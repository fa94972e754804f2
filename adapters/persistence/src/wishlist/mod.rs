//! Wish lists.

pub(crate) mod repository;
mod row;
