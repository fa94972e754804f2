//! Routes of payments.

use actix_web::web::{ServiceConfig, scope};

use super::{get::get_payment, list::list_payments, pay::create_payment, refund::refund_payment};
use crate::routing::resource;

/// Mounts `/payments`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/payments")
        .service(resource("").get(list_payments).post(create_payment))
        .service(resource("/{payment_id}").get(get_payment))
        .service(resource("/{payment_id}/refunds").post(refund_payment));
    cfg.service(routes);
}
