//! The queue of jobs.

pub(crate) mod enqueue;
pub(crate) mod repository;
pub(crate) mod row;
