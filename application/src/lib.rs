//! The use cases of Sojourn and the ports they need. One verb, one file: each loads, asks the pure
//! domain for a decision, and commits.

pub mod access;
pub mod account_events;
pub mod attempt;
pub mod audit;
pub mod booking;
mod booking_with_payment;
pub mod caching;
mod failure;
pub mod input;
pub mod integrity;
pub mod jobs;
pub mod ledger;
pub mod notification;
mod pagination;
mod patch;
pub mod payment;
pub mod payout;
pub mod place;
pub mod ports;
pub mod property;
pub mod read_limit;
pub mod related;
mod retry;
pub mod review;
pub mod second_factor;
pub mod session;
#[cfg(test)]
mod test_support;
pub mod user;
pub mod wishlist;

pub use failure::{Failure, FailureKind, UseCaseError};
pub use patch::Patch;
