//! The operations of payments in the OpenAPI document.

use utoipa::OpenApi;

use super::{get, list, pay, refund};

/// The operations of payments.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(list::list_payments, pay::create_payment, get::get_payment, refund::refund_payment),
    tags((name = "payments", description = "Captures and refunds"))
)]
pub struct PaymentApi;
