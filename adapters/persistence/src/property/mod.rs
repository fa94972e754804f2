//! Properties.

pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod search_columns;
