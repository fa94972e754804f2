//! Payments over HTTP.

mod admin_list_refunds;
mod admin_refund;
mod dto;
mod expand;
mod get;
mod list;
mod operations;
mod pay;
mod refund;
mod refund_dto;

pub(crate) use dto::PaymentDto;
pub use operations::operations;
