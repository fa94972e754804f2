//! Lifetimes and the maximum size of cached values.

use std::time::Duration;

use sojourn_application::ports::CacheNamespace;

/// Lifetime of a value in memory: after it, a server without Redis sees the changes of other servers.
pub(crate) const MEMORY_TTL: Duration = Duration::from_secs(1);

/// Size of the largest value that is cached, in bytes.
pub(crate) const MAX_VALUE_BYTES: usize = 256 * 1024;

/// Lifetime of a value in Redis. Changes invalidate values at once; a search also changes with time (nights become
/// too soon to book), which invalidates nothing.
pub(crate) const fn redis_ttl(namespace: CacheNamespace) -> Duration {
    match namespace {
        CacheNamespace::Properties
        | CacheNamespace::Profiles
        | CacheNamespace::Reviews
        | CacheNamespace::Sessions => Duration::from_secs(30),
        CacheNamespace::Searches | CacheNamespace::Queries => Duration::from_secs(5),
    }
}
