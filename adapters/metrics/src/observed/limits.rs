//! Rate limits whose decisions are counted.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{Allowance, Quota, RateLimits};

use super::Counters;

/// Counts decisions by quota.
pub(super) struct ObservedLimits {
    pub(super) inner: Arc<dyn RateLimits>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl RateLimits for ObservedLimits {
    async fn consume(&self, quota: Quota, key: &str) -> Allowance {
        let allowance = self.inner.consume(quota, key).await;
        self.counters
            .count_rate_limit(quota.name, allowance.granted);
        allowance
    }
}
