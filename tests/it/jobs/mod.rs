//! Background work: kinds that do not wait for each other, failures, leases and recipients.

mod failures;
pub mod fixture;
mod killed_worker;
mod leases;
mod recipients;
mod silence;
mod smtp_server;
