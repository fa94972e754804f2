//! Routes of payouts.

use actix_web::web::{ServiceConfig, scope};

use super::{balance::get_payout_balance, list::list_payouts, statement::get_payout_statement};
use crate::routing::resource;

/// Mounts `/payouts`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/payouts")
        .service(resource("").get(list_payouts))
        .service(resource("/balance").get(get_payout_balance))
        .service(resource("/statement").get(get_payout_statement));
    cfg.service(routes);
}
