//! Admin operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{
    audit_log, cache, cancel_booking, change_user, get_user, give_refund, ledger, list_bookings,
    list_properties, list_refunds, list_users, reinstate_property, reinstate_user,
    reset_second_factor, suspend_property, suspend_user,
};

/// Admin operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        list_users::list_accounts,
        get_user::get_account,
        change_user::change_account,
        suspend_user::suspend_account,
        reinstate_user::reinstate_account,
        reset_second_factor::reset_totp,
        list_properties::list_any_properties,
        suspend_property::suspend_property,
        reinstate_property::reinstate_property,
        list_bookings::list_any_bookings,
        cancel_booking::cancel_any_booking,
        list_refunds::list_refunds,
        give_refund::give_refund,
        ledger::get_ledger,
        audit_log::list_audit_log,
        cache::get_cache_report,
    ),
    tags((name = "admin", description = "Operations that require the `admin` role"))
)]
pub struct AdminApi;
