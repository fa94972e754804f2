//! The way to Redis: its address, one connection, and what happens while there is none.

mod address;
mod breaker;
mod connect;
mod connection;

pub use connect::{ConnectError, Redis, RedisOptions};
pub(crate) use connection::{Failure, Link};
