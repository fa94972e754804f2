//! Rate limiting.

use async_trait::async_trait;

/// A number of requests per period. All may come at once; capacity then refills evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quota {
    /// Name of the quota; each name is counted separately.
    pub name: &'static str,
    /// Maximum number of requests, at least one.
    pub limit: u32,
    /// Period in seconds, at least one.
    pub seconds: u32,
}

/// Result of consuming a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// True if the request is granted.
    pub granted: bool,
    /// Number of requests left.
    pub remaining: u32,
    /// Seconds until the quota is full again, rounded up.
    pub resets_in: u32,
    /// Seconds until the next request is granted, rounded up; 0 if this one was.
    pub retry_in: u32,
}

impl Quota {
    /// The full quota.
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

/// Counts requests with the generic cell rate algorithm (GCRA). It never fails: an unavailable
/// counter is replaced by one in the process.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Consumes one unit of a quota for a key (an address or an account). A rejected request
    /// consumes nothing.
    async fn consume(&self, quota: Quota, key: &str) -> Allowance;
}

/// Rate limits that grant everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unlimited;

#[async_trait]
impl RateLimits for Unlimited {
    async fn consume(&self, quota: Quota, _: &str) -> Allowance {
        quota.untouched()
    }
}
