//! Caching: invalidation on commit, cached sessions, and the state of the cache.

mod cached_sessions;
#[cfg(test)]
mod cached_sessions_tests;
mod invalidating_bookings;
mod invalidating_properties;
mod invalidating_reviews;
mod invalidating_users;
mod invalidation;
#[cfg(test)]
mod invalidation_tests;
pub mod keys;
#[cfg(test)]
mod recording_cache;
mod report;

pub use cached_sessions::CachedSessions;
pub use invalidation::invalidate_on_commit;
pub use report::report;
