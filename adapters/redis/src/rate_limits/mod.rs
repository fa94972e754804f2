//! Rate limits, counted in Redis or in memory.

mod memory;
mod redis;

pub use memory::MemoryRateLimits;
pub use redis::RedisRateLimits;
