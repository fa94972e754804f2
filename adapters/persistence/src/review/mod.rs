//! Reviews and ratings.

mod counted;
mod details;
pub(crate) mod queries;
pub(crate) mod ratings;
pub(crate) mod repository;
pub(crate) mod row;
