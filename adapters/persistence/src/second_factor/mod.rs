//! Second factors.

pub(crate) mod repository;
pub(crate) mod row;
