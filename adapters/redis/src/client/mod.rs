//! The Redis client: URL, one connection, and a circuit breaker.

mod breaker;
mod connection;
mod handle;
mod url;

pub(crate) use connection::{Client, CommandError};
pub use handle::{ConnectError, Redis, RedisOptions};
