//! Exhausted rate limits.

use async_trait::async_trait;
use sojourn_application::ports::{Allowance, Quota, RateLimits};
use sojourn_application::quotas::REQUESTS;

/// Grants requests, but exhausts every other quota.
pub struct UsedUp;

#[async_trait]
impl RateLimits for UsedUp {
    async fn take(&self, quota: Quota, _: &str) -> Allowance {
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
