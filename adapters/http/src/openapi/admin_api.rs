//! Admin operations in the OpenAPI document.

use utoipa::OpenApi;

use crate::audit::list;
use crate::auth::admin_reset_totp;
use crate::booking::{admin_cancel, admin_list as booking_list};
use crate::caching::get_report;
use crate::ledger::list_entries;
use crate::payment::{admin_list_refunds, admin_refund};
use crate::property::{
    admin_list as property_list, reinstate as reinstate_listing, suspend as suspend_listing,
};
use crate::user::{admin_get, admin_list, admin_update, reinstate, suspend};

/// Admin operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        admin_list::admin_list_users,
        admin_get::admin_get_user,
        admin_update::admin_update_user,
        suspend::suspend_account,
        reinstate::reinstate_account,
        admin_reset_totp::reset_totp,
        property_list::admin_list_properties,
        suspend_listing::suspend_property,
        reinstate_listing::reinstate_property,
        booking_list::admin_list_bookings,
        admin_cancel::admin_cancel_booking,
        admin_list_refunds::admin_list_refunds,
        admin_refund::admin_refund_payment,
        list_entries::list_ledger_entries,
        list::list_audit_log,
        get_report::get_cache_report,
    ),
    tags((name = "admin", description = "Operations that require the `admin` role"))
)]
pub struct AdminApi;
