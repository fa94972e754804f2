//! Rate limits in memory.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota as GovernorQuota, RateLimiter};
use sojourn_application::ports::{Allowance, Quota, RateLimits};

/// Number of requests after which the counters of unused quotas are dropped.
const CLEANUP_INTERVAL: u32 = 10_000;

/// Cells that one request consumes, so that a partly replenished request can be reported.
const CELLS_PER_REQUEST: u32 = 1_000;

/// Rate limits in the memory of this process.
#[derive(Debug, Default)]
pub struct MemoryRateLimits {
    limiters: RwLock<HashMap<Quota, Arc<QuotaLimiter>>>,
}

type Limiter =
    RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// The consumption of one quota by key.
#[derive(Debug)]
struct QuotaLimiter {
    limiter: Limiter,
    /// Time in which one cell is replenished.
    cell_period: Duration,
    cells_per_request: NonZeroU32,
    /// Cells of the whole quota.
    capacity: NonZeroU32,
    /// Requests so far.
    requests: AtomicU32,
}

impl MemoryRateLimits {
    /// Rate limits of which nothing is consumed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn limiter(&self, quota: Quota) -> Option<Arc<QuotaLimiter>> {
        let known = self
            .limiters
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&quota)
            .cloned();
        known.or_else(|| {
            let limiter = QuotaLimiter::new(quota)?;
            let mut limiters = self
                .limiters
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            Some(Arc::clone(
                limiters.entry(quota).or_insert_with(|| Arc::new(limiter)),
            ))
        })
    }
}

impl QuotaLimiter {
    fn new(quota: Quota) -> Option<Self> {
        let limit = quota.limit.max(1);
        let cells_per_request = NonZeroU32::new((u32::MAX / limit).clamp(1, CELLS_PER_REQUEST))?;
        let capacity = cells_per_request.saturating_mul(NonZeroU32::new(limit)?);
        let nanos = u64::from(quota.seconds.max(1)) * 1_000_000_000;
        let cell_period = Duration::from_nanos(nanos.div_ceil(u64::from(capacity.get())));
        let quota = GovernorQuota::with_period(cell_period)?.allow_burst(capacity);
        let limiter = RateLimiter::keyed(quota).with_middleware();
        Some(Self {
            limiter,
            cell_period,
            cells_per_request,
            capacity,
            requests: AtomicU32::new(0),
        })
    }

    /// `None` when one request exceeds the capacity, which never happens.
    fn consume(&self, key: &str) -> Option<Allowance> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % CLEANUP_INTERVAL == CLEANUP_INTERVAL - 1
        {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        Some(
            match self
                .limiter
                .check_key_n(&key.to_owned(), self.cells_per_request)
                .ok()?
            {
                Ok(state) => {
                    let left = state.remaining_burst_capacity();
                    let resets_in = seconds(self.cell_period * (self.capacity.get() - left));
                    Allowance {
                        granted: true,
                        remaining: left / self.cells_per_request,
                        resets_in,
                        retry_in: 0,
                    }
                }
                Err(denied) => {
                    let wait = denied.wait_time_from(self.limiter.clock().now());
                    let resets_in = seconds(
                        wait + self.cell_period
                            * (self.capacity.get() - self.cells_per_request.get()),
                    );
                    Allowance {
                        granted: false,
                        remaining: 0,
                        resets_in,
                        retry_in: seconds(wait).max(1),
                    }
                }
            },
        )
    }
}

/// The duration in seconds, rounded up.
fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_nanos().div_ceil(1_000_000_000)).unwrap_or(u32::MAX)
}

#[async_trait]
impl RateLimits for MemoryRateLimits {
    async fn consume(&self, quota: Quota, key: &str) -> Allowance {
        self.limiter(quota)
            .and_then(|limiter| limiter.consume(key))
            .unwrap_or_else(|| quota.untouched())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn counters_of_unused_quotas_are_dropped() {
        let limits = MemoryRateLimits::new();
        let quick = Quota {
            name: "quick",
            limit: 1_000,
            seconds: 1,
        };
        for number in 0..3 * CLEANUP_INTERVAL {
            limits.consume(quick, &number.to_string()).await;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        let limiter = limits.limiter(quick).unwrap();
        limiter
            .requests
            .store(CLEANUP_INTERVAL - 1, Ordering::Relaxed);
        limits.consume(quick, "the last").await;
        assert_eq!(limiter.limiter.len(), 1);
    }

    #[tokio::test]
    async fn the_first_request_of_any_quota_is_granted() {
        let limits = MemoryRateLimits::new();
        for (limit, seconds) in [
            (0, 0),
            (1, 1),
            (1, u32::MAX),
            (u32::MAX, 1),
            (u32::MAX, u32::MAX),
            (7, 60),
        ] {
            let allowance = limits
                .consume(
                    Quota {
                        name: "any",
                        limit,
                        seconds,
                    },
                    "me",
                )
                .await;
            assert!(
                allowance.granted && allowance.remaining < limit.max(1),
                "{limit} {seconds} {allowance:?}"
            );
        }
    }
}
