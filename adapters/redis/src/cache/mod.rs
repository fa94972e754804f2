//! Caches, in Redis or in memory.

mod envelope;
mod keys;
mod memory;
mod redis;
mod single_flight;
mod stats;
mod tag_version;
mod ttl;

pub(crate) use keys::EPOCH;
pub use memory::MemoryCache;
pub use redis::RedisCache;
pub(crate) use tag_version::TagVersion;
pub(crate) use ttl::TAG_VERSION_TTL;
