//! Where the handlers for operators are reached.

use actix_web::web::ServiceConfig;

use super::ledger::get_ledger;
use crate::routing::resource;

/// Mounts `/admin`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/admin/ledger").get(get_ledger));
}
