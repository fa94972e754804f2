//! Both interfaces offer the same operations.

use std::collections::BTreeSet;

use serde_json::Value;

use Counterpart::{Mutation, Query, RestOnly};

/// The counterpart of a REST operation.
pub enum Counterpart {
    /// A field of `Query`.
    Query(&'static str),
    /// A field of `Mutation`.
    Mutation(&'static str),
    /// None, for this reason.
    RestOnly(&'static str),
}

/// Every REST operation and its counterpart.
const TABLE: &[(&str, Counterpart)] = &[
    ("accept_alteration", Mutation("acceptAlteration")),
    ("accept_booking", Mutation("acceptBooking")),
    ("cancel_any_booking", Mutation("cancelAnyBooking")),
    ("cancel_booking", Mutation("cancelBooking")),
    ("change_account", Mutation("changeAccount")),
    ("change_password", Mutation("changePassword")),
    ("check_in", Mutation("checkIn")),
    ("check_out", Mutation("checkOut")),
    ("confirm_email_change", Mutation("confirmEmailChange")),
    ("confirm_totp", Mutation("confirmTotp")),
    ("create_booking", Mutation("createBooking")),
    ("create_payment", Mutation("payBooking")),
    ("create_property", Mutation("createProperty")),
    ("create_review", Mutation("writeReview")),
    ("create_wishlist", Mutation("createWishlist")),
    ("decline_alteration", Mutation("declineAlteration")),
    ("decline_booking", Mutation("declineBooking")),
    ("delete_property", Mutation("deleteProperty")),
    ("delete_review", Mutation("deleteReview")),
    ("delete_wishlist", Mutation("deleteWishlist")),
    ("delete_wishlist_item", Mutation("removeProperty")),
    ("disable_totp", Mutation("disableTotp")),
    ("discard_job", Mutation("discardJob")),
    ("enrol_totp", Mutation("enrolTotp")),
    (
        "erase_me",
        RestOnly("`eraseUser` with the caller's id does the same"),
    ),
    ("erase_user", Mutation("eraseUser")),
    (
        "export_user",
        RestOnly("a file of unbounded size, to be stored and not to be shown"),
    ),
    ("forgot_password", Mutation("forgotPassword")),
    ("get_account", Query("account")),
    ("get_booking", Query("booking")),
    ("get_cache_report", Query("cacheReport")),
    ("get_calendar", Query("calendar")),
    (
        "get_jwks",
        RestOnly("keys at a well-known place, for libraries that verify tokens"),
    ),
    ("get_me", Query("me")),
    ("get_ledger", Query("ledger")),
    ("get_payment", Query("payment")),
    ("get_payout_balance", Query("payoutBalances")),
    ("get_payout_statement", Query("payoutStatement")),
    ("get_property", Query("property")),
    ("get_quote", Query("quote")),
    ("get_review", Query("review")),
    ("get_shared_wishlist", Query("sharedWishlist")),
    ("get_user", Query("user")),
    ("get_wishlist", Query("wishlist")),
    ("give_refund", Mutation("giveRefund")),
    ("list_accounts", Query("accounts")),
    ("list_amenities", Query("amenities")),
    ("list_any_bookings", Query("anyBookings")),
    ("list_any_properties", Query("anyProperties")),
    ("list_any_reviews", Query("anyReviews")),
    ("list_audit_log", Query("auditLog")),
    ("list_bookings", Query("bookings")),
    ("list_calendars", Query("calendars")),
    ("list_guest_reviews", Query("guestReviews")),
    ("list_jobs", Query("jobs")),
    ("list_my_reviews", Query("ownReviews")),
    ("list_payments", Query("payments")),
    ("list_payouts", Query("payouts")),
    ("list_property_reviews", Query("property")),
    ("list_refunds", Query("refunds")),
    ("list_sessions", Query("sessions")),
    ("list_users", Query("accounts")),
    ("list_wishlist_items", Query("wishlist")),
    ("list_wishlists", Query("wishlists")),
    ("list_similar_properties", Query("similarProperties")),
    ("livez", RestOnly("monitors read statuses")),
    ("log_in", Mutation("logIn")),
    ("log_out", Mutation("logOut")),
    ("mark_no_show", Mutation("markNoShow")),
    ("preview_alteration", Query("alteration")),
    ("preview_cancellation", Query("cancellation")),
    ("publish_property", Mutation("publishProperty")),
    ("quote", Query("quote")),
    ("readyz", RestOnly("monitors read statuses")),
    ("refresh_tokens", Mutation("refreshTokens")),
    ("refund_payment", Mutation("refundPayment")),
    ("register_user", Mutation("registerUser")),
    ("reinstate_account", Mutation("reinstateAccount")),
    ("reinstate_property", Mutation("reinstateProperty")),
    ("resend_verification", Mutation("resendVerification")),
    ("request_email_change", Mutation("requestEmailChange")),
    ("reset_password", Mutation("resetPassword")),
    ("reset_totp", Mutation("resetTotp")),
    ("respond_to_review", Mutation("respondToReview")),
    ("retry_job", Mutation("retryJob")),
    ("revoke_session", Mutation("revokeSession")),
    ("save_wishlist_item", Mutation("saveProperty")),
    ("search_places", Query("places")),
    ("search_properties", Query("properties")),
    ("set_calendar", Mutation("setCalendar")),
    ("share_wishlist", Mutation("shareWishlist")),
    ("stop_sharing_wishlist", Mutation("stopSharingWishlist")),
    ("summarise_search", Query("searchSummary")),
    ("suspend_account", Mutation("suspendAccount")),
    ("suspend_property", Mutation("suspendProperty")),
    ("unpublish_property", Mutation("unpublishProperty")),
    ("update_booking", Mutation("alterBooking")),
    (
        "update_me",
        RestOnly("`updateUser` with the caller's id does the same"),
    ),
    ("update_property", Mutation("updateProperty")),
    ("update_review", Mutation("updateReview")),
    ("update_user", Mutation("updateUser")),
    ("update_wishlist", Mutation("renameWishlist")),
    ("verify_email", Mutation("verifyEmail")),
    ("waive_debt", Mutation("waiveDebt")),
    ("withdraw_alteration", Mutation("withdrawAlteration")),
];

/// The counterpart of an operation.
pub fn counterpart(operation: &str) -> &'static Counterpart {
    let row = TABLE.iter().find(|(name, _)| *name == operation);
    &row.unwrap_or_else(|| panic!("{operation} has no row")).1
}

/// Fields of `Subscription`, which have no operation: clients of REST poll bookings with `If-None-Match`.
const SUBSCRIPTIONS: [&str; 2] = ["bookingChanged", "notificationAdded"];

/// Names of the fields of a type in the schema definition language.
fn fields(sdl: &str, name: &str) -> BTreeSet<String> {
    let start = sdl.find(&format!("\ntype {name} {{")).unwrap();
    let body = &sdl[start..start + sdl[start..].find("\n}").unwrap()];
    let lines = body.lines().filter_map(|line| {
        let line = line.strip_prefix('\t')?;
        let end = line.find(['(', ':'])?;
        let field = &line[..end];
        let is_name = field.chars().all(|it| it.is_ascii_alphanumeric());
        is_name.then(|| field.to_owned())
    });
    lines.collect()
}

#[test]
fn every_operation_of_one_interface_has_its_counterpart_in_the_other() {
    let document: Value = serde_json::from_str(&sojourn_http::openapi_json()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let rest: BTreeSet<_> = operations
        .filter_map(|it| it["operationId"].as_str())
        .collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|(operation, _)| *operation).collect();
    assert_eq!(rest, rows, "operations of REST and rows of the table");

    let sdl = sojourn_graphql::sdl();
    let (mut queries, mut mutations) = (BTreeSet::new(), BTreeSet::new());
    for (operation, counterpart) in TABLE {
        match counterpart {
            Query(field) => drop(queries.insert((*field).to_owned())),
            Mutation(field) => drop(mutations.insert((*field).to_owned())),
            RestOnly(reason) => assert!(reason.len() > 10, "{operation}"),
        }
    }
    assert_eq!(
        fields(&sdl, "Query"),
        queries,
        "queries and rows of the table"
    );
    assert_eq!(fields(&sdl, "Mutation"), mutations, "mutations and rows");
    let subscriptions = BTreeSet::from(SUBSCRIPTIONS.map(ToOwned::to_owned));
    assert_eq!(fields(&sdl, "Subscription"), subscriptions);
}
