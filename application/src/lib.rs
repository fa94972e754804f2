//! What people may do. One verb, one file: each loads, asks the pure domain, and commits.

pub mod admin;
pub mod booking;
mod case;
pub mod doctor;
pub mod payment;
pub mod payout;
pub mod ports;
pub mod property;
mod retry;
pub mod review;
pub mod session;
#[cfg(test)]
mod test_ports;
pub mod user;
pub mod work;
