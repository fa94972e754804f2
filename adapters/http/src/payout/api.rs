//! The operations of payouts in the OpenAPI document.

use utoipa::OpenApi;

use super::{balance, list, statement};

/// The operations of payouts.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(list::list_payouts, balance::get_payout_balance, statement::get_payout_statement),
    tags((name = "payouts", description = "What hosts earn, are paid and owe"))
)]
pub struct PayoutApi;
