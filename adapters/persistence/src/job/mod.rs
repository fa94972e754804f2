//! Background work: queued jobs, due work that follows from other rows, and workers.

pub(crate) mod admin;
pub(crate) mod due_work;
pub(crate) mod enqueue;
pub(crate) mod erase;
pub(crate) mod lease;
pub(crate) mod queue;
pub(crate) mod row;
mod statistics;
pub(crate) mod workers;
