//! Tests of the caches and rate limits, in memory and in a real Redis: the same assertions for both.

#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

mod cache;
mod outage;
mod rate_limits;
mod redis_server;
mod shared_cache;
