//! Exhausted rate limits.

use async_trait::async_trait;
use sojourn_application::access::rate_limits::REQUESTS;
use sojourn_application::ports::{Allowance, Quota, RateLimits};

/// Grants requests, but exhausts every other quota.
pub struct ExhaustedLimits;

#[async_trait]
impl RateLimits for ExhaustedLimits {
    async fn consume(&self, quota: Quota, _: &str) -> Allowance {
        if quota == REQUESTS {
            quota.untouched()
        } else {
            Allowance {
                granted: false,
                remaining: 0,
                resets_in: 60,
                retry_in: 7,
            }
        }
    }
}
