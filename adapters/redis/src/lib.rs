//! Cache and rate limits in Redis, and their twins in the process.
//!
//! Redis is a help and never a need: each command has a deadline, a circuit breaker passes Redis over while it does not
//! answer, and what is kept there can be made anew from the database. Servers that share a Redis share what is
//! forgotten at once. A server without one keeps an answer for a second at most, so that of several servers on one
//! database each sees what another changed within that second.

mod cache;
mod limits;
mod link;

pub use cache::{MemoryCache, RedisCache};
pub use limits::{LocalLimits, RedisLimits};
pub use link::{ConnectError, Redis, RedisOptions};
