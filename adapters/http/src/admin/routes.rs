//! Routes of admin operations.

use actix_web::web::{ServiceConfig, scope};

use super::{
    audit_log::list_audit_log, cache::get_cache_report, cancel_booking::cancel_any_booking,
    change_user::change_account, get_user::get_account, give_refund::give_refund,
    ledger::get_ledger, list_bookings::list_any_bookings, list_properties::list_any_properties,
    list_refunds::list_refunds, list_users::list_accounts, reinstate_property::reinstate_property,
    reinstate_user::reinstate_account, reset_second_factor::reset_totp,
    suspend_property::suspend_property, suspend_user::suspend_account,
};
use crate::routing::resource;

/// Mounts `/admin`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/admin")
        .service(resource("/users").get(list_accounts))
        .service(
            resource("/users/{user_id}")
                .get(get_account)
                .patch(change_account),
        )
        .service(resource("/users/{user_id}/suspend").post(suspend_account))
        .service(resource("/users/{user_id}/reinstate").post(reinstate_account))
        .service(resource("/users/{user_id}/totp/reset").post(reset_totp))
        .service(resource("/properties").get(list_any_properties))
        .service(resource("/properties/{property_id}/suspend").post(suspend_property))
        .service(resource("/properties/{property_id}/reinstate").post(reinstate_property))
        .service(resource("/bookings").get(list_any_bookings))
        .service(resource("/bookings/{booking_id}/cancel").post(cancel_any_booking))
        .service(resource("/refunds").get(list_refunds).post(give_refund))
        .service(resource("/ledger").get(get_ledger))
        .service(resource("/audit-log").get(list_audit_log))
        .service(resource("/cache").get(get_cache_report));
    cfg.service(routes);
}
