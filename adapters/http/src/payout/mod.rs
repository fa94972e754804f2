//! Payouts over HTTP.

mod balance;
mod dto;
mod list;
mod operations;
mod statement;

pub use operations::operations;
