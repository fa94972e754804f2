//! Counters in Redis, for all servers that use it.

use std::fmt::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use redis::Script;
use sha2::{Digest as _, Sha256};
use sojourn_application::ports::{Allowance, Quota, RateLimits};

use super::local::LocalLimits;
use crate::link::{Failure, Link, Redis};

/// Counts in Redis, by its clock. While it is away, each server counts for itself.
#[derive(Debug)]
pub struct RedisLimits {
    link: Arc<Link>,
    take: Script,
    meanwhile: LocalLimits,
}

impl RedisLimits {
    /// Counts there.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        let take = Script::new(include_str!("take.lua"));
        Self {
            link: redis.into_link(),
            take,
            meanwhile: LocalLimits::new(),
        }
    }
}

#[async_trait]
impl RateLimits for RedisLimits {
    async fn take(&self, quota: Quota, key: &str) -> Allowance {
        let limit = quota.limit.max(1);
        let mut take = self.take.key(name(quota, key));
        take.arg(limit).arg(interval(limit, quota.seconds.max(1)));
        let taken = self
            .link
            .run(async |mut connection| take.invoke_async(&mut connection).await)
            .await;
        match taken {
            Ok((granted, remaining, resets_in, retry_in)) => Allowance {
                granted,
                remaining,
                resets_in,
                retry_in,
            },
            Err(Failure::Away | Failure::Refused) => self.meanwhile.take(quota, key).await,
        }
    }
}

/// Under which name is counted: whose key it is, an address of somebody's perhaps, cannot be read there.
fn name(quota: Quota, key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let start = digest
        .iter()
        .take(16)
        .fold(String::with_capacity(32), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
    format!("sojourn:1:limit:{}:{start}", quota.name)
}

/// In how many microseconds one of them comes back. Whole ones, so that nothing is lost in adding them up.
fn interval(limit: u32, seconds: u32) -> u64 {
    (u64::from(seconds) * 1_000_000).div_ceil(u64::from(limit))
}
