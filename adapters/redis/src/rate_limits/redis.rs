//! Rate limits in Redis, shared by all servers that use it.

use std::fmt::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use redis::Script;
use sha2::{Digest as _, Sha256};
use sojourn_application::ports::{Allowance, Quota, RateLimits};

use super::memory::MemoryRateLimits;
use crate::client::{Client, CommandError, Redis};

/// Rate limits in Redis, by its clock. While it is unavailable, each server counts in its own memory.
#[derive(Debug)]
pub struct RedisRateLimits {
    client: Arc<Client>,
    script: Script,
    fallback: MemoryRateLimits,
}

impl RedisRateLimits {
    /// Rate limits in this Redis.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self {
            client: redis.into_client(),
            script: Script::new(include_str!("consume.lua")),
            fallback: MemoryRateLimits::new(),
        }
    }
}

#[async_trait]
impl RateLimits for RedisRateLimits {
    async fn consume(&self, quota: Quota, key: &str) -> Allowance {
        let limit = quota.limit.max(1);
        let mut script = self.script.key(counter_key(quota, key));
        script
            .arg(limit)
            .arg(emission_interval_micros(limit, quota.seconds.max(1)));
        let reply = self
            .client
            .run(async |mut connection| script.invoke_async(&mut connection).await)
            .await;
        match reply {
            Ok((granted, remaining, resets_in, retry_in)) => Allowance {
                granted,
                remaining,
                resets_in,
                retry_in,
            },
            Err(CommandError::Unavailable | CommandError::Rejected) => {
                self.fallback.consume(quota, key).await
            }
        }
    }
}

/// The Redis key of a counter. The caller's key is hashed: it may be an IP or mail address.
fn counter_key(quota: Quota, key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let prefix = digest
        .iter()
        .take(16)
        .fold(String::with_capacity(32), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
    format!("sojourn:1:limit:{}:{prefix}", quota.name)
}

/// Microseconds in which one request is replenished. An integer, so that sums are exact.
fn emission_interval_micros(limit: u32, seconds: u32) -> u64 {
    (u64::from(seconds) * 1_000_000).div_ceil(u64::from(limit))
}
