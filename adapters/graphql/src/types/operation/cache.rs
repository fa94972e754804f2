//! The cache report.

use async_graphql::SimpleObject;
use sojourn_application::ports;

/// State and counters of the cache.
#[derive(SimpleObject)]
pub(crate) struct CacheReport {
    /// Cache backend: `memory`, `redis` or `none`.
    backend: &'static str,
    /// True if the backend is available; an unavailable one is bypassed.
    available: bool,
    /// Counters per kind of response.
    counts: Vec<CacheCounts>,
}

/// Cache counters of one kind of response.
#[derive(SimpleObject)]
pub(crate) struct CacheCounts {
    /// Kind of response.
    namespace: &'static str,
    /// Responses served from the cache.
    hits: i64,
    /// Responses not found in the cache.
    misses: i64,
    /// Cache entries of an unknown format; also counted as misses.
    garbage: i64,
}

impl From<ports::CacheReport> for CacheReport {
    fn from(report: ports::CacheReport) -> Self {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let counts = report.counts.iter().map(|it| CacheCounts {
            namespace: it.namespace.as_str(),
            hits: number(it.hits),
            misses: number(it.misses),
            garbage: number(it.foreign),
        });
        Self {
            backend: report.backend,
            available: report.available,
            counts: counts.collect(),
        }
    }
}
