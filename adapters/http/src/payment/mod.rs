//! Payments over HTTP.

mod api;
mod dto;
mod get;
mod list;
mod pay;
mod refund;
mod routes;

pub use api::PaymentApi;
pub(crate) use dto::PaymentDto;
pub(crate) use pay::{declined, silent_gateway};
pub use routes::routes;
