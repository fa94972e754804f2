//! Where the handlers of payments are reached.

use actix_web::web::ServiceConfig;

use super::{get::get_payment, list::list_payments, pay::create_payment, refund::refund_payment};
use crate::routing::resource;

/// Mounts `/payments`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/payments").get(list_payments).post(create_payment))
        .service(resource("/payments/{payment_id}").get(get_payment))
        .service(resource("/payments/{payment_id}/refunds").post(refund_payment));
}
