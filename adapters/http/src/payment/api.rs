//! Payment operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{get, list, pay, refund};

/// Payment operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(list::list_payments, pay::create_payment, get::get_payment, refund::refund_payment),
    tags((name = "payments", description = "Payments and refunds"))
)]
pub struct PaymentApi;
