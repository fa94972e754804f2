//! Payments over HTTP.

mod api;
mod dto;
mod get;
mod list;
mod pay;
mod refund;
mod routes;

pub use api::PaymentApi;
pub use routes::routes;
