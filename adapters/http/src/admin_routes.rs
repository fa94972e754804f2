//! Routes of admin operations.

use actix_web::web::{ServiceConfig, scope};

use crate::audit::list::list_audit_log;
use crate::auth::admin_reset_totp::reset_totp;
use crate::booking::admin_cancel::admin_cancel_booking;
use crate::booking::admin_list::admin_list_bookings;
use crate::caching::get_report::get_cache_report;
use crate::ledger::list_entries::list_ledger_entries;
use crate::payment::admin_list_refunds::admin_list_refunds;
use crate::payment::admin_refund::admin_refund_payment;
use crate::property::admin_list::admin_list_properties;
use crate::property::reinstate::reinstate_property;
use crate::property::suspend::suspend_property;
use crate::routing::resource;
use crate::user::admin_get::admin_get_user;
use crate::user::admin_list::admin_list_users;
use crate::user::admin_update::admin_update_user;
use crate::user::reinstate::reinstate_account;
use crate::user::suspend::suspend_account;

/// Mounts `/admin`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/admin")
        .service(resource("/users").get(admin_list_users))
        .service(
            resource("/users/{user_id}")
                .get(admin_get_user)
                .patch(admin_update_user),
        )
        .service(resource("/users/{user_id}/suspend").post(suspend_account))
        .service(resource("/users/{user_id}/reinstate").post(reinstate_account))
        .service(resource("/users/{user_id}/totp/reset").post(reset_totp))
        .service(resource("/properties").get(admin_list_properties))
        .service(resource("/properties/{property_id}/suspend").post(suspend_property))
        .service(resource("/properties/{property_id}/reinstate").post(reinstate_property))
        .service(resource("/bookings").get(admin_list_bookings))
        .service(resource("/bookings/{booking_id}/cancel").post(admin_cancel_booking))
        .service(
            resource("/refunds")
                .get(admin_list_refunds)
                .post(admin_refund_payment),
        )
        .service(resource("/ledger").get(list_ledger_entries))
        .service(resource("/audit-log").get(list_audit_log))
        .service(resource("/cache").get(get_cache_report));
    cfg.service(routes);
}
