//! Where the handlers of payouts are reached.

use actix_web::web::ServiceConfig;

use super::{balance::get_payout_balance, list::list_payouts, statement::get_payout_statement};
use crate::routing::resource;

/// Mounts `/payouts`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/payouts").get(list_payouts))
        .service(resource("/payouts/balance").get(get_payout_balance))
        .service(resource("/payouts/statement").get(get_payout_statement));
}
