//! Payments over HTTP.

pub(crate) mod admin_list_refunds;
pub(crate) mod admin_refund;
mod api;
mod dto;
mod get;
mod list;
mod pay;
mod refund;
mod refund_dto;
mod routes;

pub use api::PaymentApi;
pub(crate) use dto::PaymentDto;
pub use routes::routes;
