//! How often things may be done: counted in Redis, or in the process.

mod local;
mod redis;

pub use local::LocalLimits;
pub use redis::RedisLimits;
