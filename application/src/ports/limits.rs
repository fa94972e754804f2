//! How often something may be done.

use async_trait::async_trait;

/// So many times in so many seconds. All of them may come at once; after that they come back evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quota {
    /// Its name: what is counted under one is not counted under another.
    pub name: &'static str,
    /// How many times, at least once.
    pub limit: u32,
    /// In how many seconds, at least one.
    pub seconds: u32,
}

/// What is left of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Whether this time was granted.
    pub granted: bool,
    /// How many more times now.
    pub remaining: u32,
    /// In how many seconds the whole quota is there again, rounded up.
    pub resets_in: u32,
    /// In how many seconds to come again, rounded up; 0 when it was granted.
    pub retry_in: u32,
}

impl Quota {
    /// The whole quota, untouched.
    #[must_use]
    pub const fn untouched(&self) -> Allowance {
        Allowance {
            granted: true,
            remaining: self.limit,
            resets_in: 0,
            retry_in: 0,
        }
    }
}

/// Counts how often things are done, by the generic cell rate algorithm. It never fails: a counter that does not
/// answer is replaced by one in the process.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Takes once from a quota, in the name of a key (an address, an account). What is not granted takes nothing.
    async fn take(&self, quota: Quota, key: &str) -> Allowance;
}

/// Limits nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unlimited;

#[async_trait]
impl RateLimits for Unlimited {
    async fn take(&self, quota: Quota, _: &str) -> Allowance {
        quota.untouched()
    }
}
