//! Payouts over HTTP.

mod balance;
mod dto;
mod list;
mod operations;
mod statement;
mod waive_debt;

pub use operations::operations;
