//! Payout operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{balance, list, statement};

/// Payout operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(list::list_payouts, balance::get_payout_balance, statement::get_payout_statement),
    tags((name = "payouts", description = "Payouts, balances and statements of hosts"))
)]
pub struct PayoutApi;
