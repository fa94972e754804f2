//! Repositories and queries over SQLite, PostgreSQL and MySQL, one set of code for all.

mod account_event;
mod audit;
mod booking;
mod calendar;
mod columns;
mod copy;
mod dialect;
mod engine;
mod idempotency;
mod import;
mod job;
mod journal;
mod ledger;
mod load;
mod one_time_token;
mod operator;
mod payment;
mod payout;
mod property;
mod query;
mod review;
mod schema;
mod search_backfill;
mod second_factor;
mod session;
mod signing;
mod snapshot;
mod terms;
#[cfg(test)]
mod test_support;
mod user;
mod wishlist;

pub use copy::{CopiedRows, CopyError, CopyProgress};
pub use engine::connection::{AnyConnection, ConnectError};
pub use engine::database::{Database, OpenError, OpenOptions};
pub use engine::location::UrlError;
pub use engine::migrate::MigrateError;
pub use engine::pending_migrations::newest_known_migration;
pub use load::Load;
