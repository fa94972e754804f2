//! Payouts over HTTP.

mod api;
mod balance;
mod dto;
mod list;
mod routes;
mod statement;

pub use api::PayoutApi;
pub use routes::routes;
