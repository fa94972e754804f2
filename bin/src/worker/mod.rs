//! The worker: one loop for each kind of background work.

mod heartbeats;
mod lane;
mod running;
mod start;

pub(crate) use start::Worker;
