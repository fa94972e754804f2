//! Caches, in Redis or in memory.

mod envelope;
mod keys;
mod memory;
mod redis;
mod single_flight;
mod stats;
mod ttl;

pub use memory::MemoryCache;
pub use redis::RedisCache;
