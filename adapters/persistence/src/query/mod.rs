//! The building blocks of queries.

pub(crate) mod like;
pub(crate) mod local_dates;
pub(crate) mod pagination;
pub(crate) mod row_lock;
pub(crate) mod statement;

#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod statement_count_tests;
