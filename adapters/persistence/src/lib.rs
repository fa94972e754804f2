//! Repositories and queries over SQLite and PostgreSQL, one set of code for both.

#[cfg(test)]
mod accounts_test;
mod address_column;
mod audit;
mod audit_row;
#[cfg(test)]
mod audit_test;
mod booking;
mod booking_nights;
mod booking_row;
mod calendar;
mod connection;
mod database;
mod dialect;
mod errors;
mod executor;
mod host_account;
mod idempotency;
mod import;
mod instant;
mod job;
mod journal;
mod journal_row;
mod json_column;
#[cfg(test)]
mod marketplace_test;
mod migrate;
#[cfg(test)]
mod migrate_test;
#[cfg(test)]
mod money_test;
mod one_time_token;
#[cfg(test)]
mod operators_test;
mod payment;
mod payment_entry_row;
mod payment_row;
mod payout_row;
mod pending;
mod places;
mod property;
mod property_row;
mod queries;
mod review;
mod review_row;
mod schema;
mod second_factor;
mod session;
mod sha256;
mod terms;
mod token_hash;
mod user;
mod uuid_column;

pub use connection::{AnyConnection, ConnectError, UrlError};
pub use database::{Database, OpenError, OpenOptions};
pub use migrate::MigrateError;
