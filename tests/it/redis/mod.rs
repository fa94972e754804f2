//! Several servers on one PostgreSQL and one Redis: shared sessions, limits and cache invalidation, also while Redis is
//! slow, frozen, down, read-only or filled with foreign values.

mod foreign_values;
mod invalidation;
mod outage;
mod outage_under_load;
mod privacy;
mod processes;
mod rate_limits;
mod readonly_redis;
mod revocation;
mod sessions;
mod single_flight;
mod slow_redis;
mod startup;
pub mod support;
