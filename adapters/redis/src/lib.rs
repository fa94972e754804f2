//! Cache and rate limits in Redis, with in-memory equivalents.
//!
//! Redis is optional at run time: each command has a deadline, a circuit breaker bypasses Redis while it does not
//! answer, and everything stored there can be rebuilt from the database. Servers that share a Redis share
//! invalidations at once. A server without Redis caches a value for at most a second, so that several servers on one
//! database see each other's changes within that second.

mod cache;
mod client;
mod rate_limits;
mod tag_version;

pub use cache::{MemoryCache, RedisCache};
pub use client::{ConnectError, Redis, RedisOptions};
pub use rate_limits::{MemoryRateLimits, RedisRateLimits};
