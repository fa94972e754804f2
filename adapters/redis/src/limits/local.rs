//! Counters in the process.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota as Pace, RateLimiter};
use sojourn_application::ports::{Allowance, Quota, RateLimits};

/// After so many times, counters that are whole again are dropped.
const TIDY_AFTER: u32 = 10_000;

/// In so many parts each time is counted, so that one can tell how much of it is back.
const PARTS: u32 = 1_000;

/// Counts in the process.
#[derive(Debug, Default)]
pub struct LocalLimits {
    counters: RwLock<HashMap<Quota, Arc<Counter>>>,
}

type Limiter =
    RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// What was taken of one quota, by key.
#[derive(Debug)]
struct Counter {
    limiter: Limiter,
    /// In how long one part comes back.
    part: Duration,
    /// How many parts a time has.
    parts: NonZeroU32,
    /// How many parts the whole quota has.
    whole: NonZeroU32,
    taken: AtomicU32,
}

impl LocalLimits {
    /// Nothing is taken yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn counter(&self, quota: Quota) -> Option<Arc<Counter>> {
        let known = self
            .counters
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&quota)
            .cloned();
        known.or_else(|| {
            let counter = Counter::new(quota)?;
            let mut counters = self
                .counters
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            Some(Arc::clone(
                counters.entry(quota).or_insert_with(|| Arc::new(counter)),
            ))
        })
    }
}

impl Counter {
    fn new(quota: Quota) -> Option<Self> {
        let limit = quota.limit.max(1);
        let parts = NonZeroU32::new((u32::MAX / limit).clamp(1, PARTS))?;
        let whole = parts.saturating_mul(NonZeroU32::new(limit)?);
        let nanos = u64::from(quota.seconds.max(1)) * 1_000_000_000;
        let part = Duration::from_nanos(nanos.div_ceil(u64::from(whole.get())));
        let pace = Pace::with_period(part)?.allow_burst(whole);
        let limiter = RateLimiter::keyed(pace).with_middleware();
        Some(Self {
            limiter,
            part,
            parts,
            whole,
            taken: AtomicU32::new(0),
        })
    }

    /// Nothing when a time is more than the whole quota, which it never is.
    fn take(&self, key: &str) -> Option<Allowance> {
        if self.taken.fetch_add(1, Ordering::Relaxed) % TIDY_AFTER == TIDY_AFTER - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        Some(
            match self.limiter.check_key_n(&key.to_owned(), self.parts).ok()? {
                Ok(state) => {
                    let left = state.remaining_burst_capacity();
                    let resets_in = seconds(self.part * (self.whole.get() - left));
                    Allowance {
                        granted: true,
                        remaining: left / self.parts,
                        resets_in,
                        retry_in: 0,
                    }
                }
                Err(refused) => {
                    let wait = refused.wait_time_from(self.limiter.clock().now());
                    let resets_in =
                        seconds(wait + self.part * (self.whole.get() - self.parts.get()));
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

/// Rounded up.
fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_nanos().div_ceil(1_000_000_000)).unwrap_or(u32::MAX)
}

#[async_trait]
impl RateLimits for LocalLimits {
    async fn take(&self, quota: Quota, key: &str) -> Allowance {
        self.counter(quota)
            .and_then(|counter| counter.take(key))
            .unwrap_or_else(|| quota.untouched())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn drops_counters_that_are_whole_again() {
        let limits = LocalLimits::new();
        let quick = Quota {
            name: "quick",
            limit: 1_000,
            seconds: 1,
        };
        for number in 0..3 * TIDY_AFTER {
            limits.take(quick, &number.to_string()).await;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        let counter = limits.counter(quick).unwrap();
        counter.taken.store(TIDY_AFTER - 1, Ordering::Relaxed);
        limits.take(quick, "the last").await;
        assert_eq!(counter.limiter.len(), 1);
    }

    #[tokio::test]
    async fn quotas_of_any_size_are_granted() {
        let limits = LocalLimits::new();
        for (limit, seconds) in [
            (0, 0),
            (1, 1),
            (1, u32::MAX),
            (u32::MAX, 1),
            (u32::MAX, u32::MAX),
            (7, 60),
        ] {
            let allowance = limits
                .take(
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
