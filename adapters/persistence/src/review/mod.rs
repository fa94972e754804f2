//! Reviews and ratings.

mod counted;
pub(crate) mod queries;
pub(crate) mod ratings;
pub(crate) mod repository;
pub(crate) mod row;
