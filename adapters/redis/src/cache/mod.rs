//! Answers kept for a while: in Redis, or in the process.

mod counts;
mod flights;
mod kept;
mod keys;
mod memory;
mod redis;
mod shelf_life;
mod token;

pub(crate) use keys::EPOCH;
pub use memory::MemoryCache;
pub use redis::RedisCache;
pub(crate) use shelf_life::TOKENS;
pub(crate) use token::Token;
