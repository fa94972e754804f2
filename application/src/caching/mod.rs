//! Cache consistency: each change invalidates the cached responses that depend on it.

mod announced_bookings;
mod announced_properties;
mod announced_reviews;
mod announced_users;
mod announcing;
mod cached_sessions;
#[cfg(test)]
mod cached_sessions_tests;
#[cfg(test)]
mod notebook;
#[cfg(test)]
mod tests;

pub use announcing::announcing;
pub use cached_sessions::CachedSessions;
