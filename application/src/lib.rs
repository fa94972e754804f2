//! Use cases, one per file: each loads data, asks the pure domain for a decision, and commits it.

pub mod admin;
pub mod booking;
pub mod caching;
mod case;
pub mod doctor;
mod every;
pub mod payment;
pub mod payout;
pub mod ports;
pub mod property;
pub mod quotas;
mod retry;
pub mod review;
pub mod second_factor;
pub mod session;
#[cfg(test)]
mod test_ports;
pub mod user;
mod visitor;
pub mod work;

pub use visitor::{Visitor, network};
