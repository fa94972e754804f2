//! The permission table.

/// The roles that the table distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Anonymous,
    Guest,
    OtherGuest,
    Host,
    OtherHost,
    Admin,
    Suspended,
}

impl Actor {
    /// All actors in the order of the table's columns.
    pub const ALL: [Self; 7] = [
        Self::Anonymous,
        Self::Guest,
        Self::OtherGuest,
        Self::Host,
        Self::OtherHost,
        Self::Admin,
        Self::Suspended,
    ];

    /// The heading of the actor's column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Guest => "guest",
            Self::OtherGuest => "other guest",
            Self::Host => "host",
            Self::OtherHost => "other host",
            Self::Admin => "admin",
            Self::Suspended => "suspended",
        }
    }
}

/// The expected result of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Allowed, in the states that permit it.
    May,
    /// Denied with this status.
    Denied(u16),
}

/// The expected outcomes of one operation.
pub struct Expectation {
    /// Its `operationId`.
    pub operation: &'static str,
    outcomes: &'static str,
    /// Status with which the test's own request fails after the permission check, because the test cannot know a valid
    /// value (for example a one-time token).
    rejected_with: u16,
    /// Note for the page.
    pub note: &'static str,
}

impl Expectation {
    /// The expected outcome for an actor.
    pub fn outcome(&self, actor: Actor) -> Outcome {
        let outcomes: Vec<_> = self.outcomes.split_whitespace().collect();
        assert_eq!(outcomes.len(), Actor::ALL.len(), "{}", self.operation);
        match outcomes[actor as usize] {
            "yes" => Outcome::May,
            status => Outcome::Denied(status.parse().unwrap()),
        }
    }

    /// True if this status means that the request passed the permission check and failed afterwards.
    pub const fn is_rejected_request(&self, status: u16) -> bool {
        self.rejected_with == status
    }
}

const fn row(operation: &'static str, outcomes: &'static str, note: &'static str) -> Expectation {
    Expectation {
        operation,
        outcomes,
        rejected_with: 0,
        note,
    }
}

const fn rejected_request(
    operation: &'static str,
    outcomes: &'static str,
    status: u16,
    note: &'static str,
) -> Expectation {
    Expectation {
        operation,
        outcomes,
        rejected_with: status,
        note,
    }
}

//                            anonymous guest other host other admin suspended
const ANYONE: &str = "yes yes yes yes yes yes yes";
const PUBLIC: &str = "yes yes yes yes yes yes 401";
const MEMBERS: &str = "401 yes yes yes yes yes 401";
const OWNER_OF_LIST: &str = "401 yes 404 404 404 404 401";
const OPERATORS: &str = "401 403 403 403 403 yes 401";

/// Every operation. Operations that end something come after those that need it.
#[rustfmt::skip]
pub const TABLE: &[Expectation] = &[
    row("livez", ANYONE, ""),
    row("readyz", ANYONE, ""),
    row("get_jwks", ANYONE, ""),
    // Authentication.
    row("register_user", ANYONE, ""),
    row("log_in", "yes yes yes yes yes yes 401", "with one's own password"),
    rejected_request("refresh_tokens", ANYONE, 401, "with a refresh token of a session that is open"),
    rejected_request("verify_email", ANYONE, 422, "with a mailed token"),
    row("resend_verification", ANYONE, ""),
    row("forgot_password", ANYONE, ""),
    rejected_request("reset_password", ANYONE, 422, "with a mailed token"),
    rejected_request("change_password", MEMBERS, 422, "with the current one"),
    row("request_email_change", MEMBERS, "with the password, or a login of the last five minutes"),
    rejected_request("confirm_email_change", ANYONE, 422, "with a mailed token"),
    row("enrol_totp", MEMBERS, ""),
    rejected_request("confirm_totp", MEMBERS, 422, ""),
    rejected_request("disable_totp", MEMBERS, 422, "with a code"),
    row("list_sessions", MEMBERS, "one's own"),
    row("revoke_session", "401 yes 404 404 404 404 401", "one's own"),
    row("log_out", MEMBERS, ""),
    // Accounts; the guest's.
    row("get_me", MEMBERS, "one's own"),
    row("update_me", MEMBERS, "one's own"),
    row("get_user", PUBLIC, "whole to its owner and operators; what is public to everybody else"),
    row("list_users", OPERATORS, ""),
    row("update_user", "401 yes 403 403 403 yes 401", ""),
    row("export_user", "401 yes 403 403 403 yes 401", ""),
    // Properties; the host's.
    row("search_properties", PUBLIC, "listed ones"),
    row("search_places", PUBLIC, "of listed ones"),
    row("list_amenities", PUBLIC, ""),
    row("summarise_search", PUBLIC, "listed ones"),
    row("create_property", MEMBERS, "one's own"),
    row("get_property", PUBLIC, "a listed one; address and exact place to its host, operators and guests with a stay"),
    row("get_calendar", PUBLIC, "why a night is not free, and notes, to its host and operators"),
    row("list_calendars", "401 403 403 yes 403 yes 401", "of one's own properties"),
    row("get_quote", PUBLIC, ""),
    row("quote", PUBLIC, ""),
    row("list_property_reviews", PUBLIC, "published ones"),
    row("list_similar_properties", PUBLIC, "listed ones"),
    row("update_property", "401 403 403 yes 403 yes 401", ""),
    row("set_calendar", "401 403 403 yes 403 yes 401", ""),
    row("publish_property", "401 404 404 yes 404 yes 401", "a draft"),
    row("unpublish_property", "401 403 403 yes 403 yes 401", ""),
    row("delete_property", "401 403 403 yes 403 yes 401", ""),
    // Bookings; the guest's at the host's.
    row("create_booking", "401 yes yes 403 yes yes 401", "not at one's own place"),
    row("list_bookings", MEMBERS, "one's own"),
    row("get_booking", "401 yes 404 yes 404 yes 401", ""),
    row("preview_cancellation", "401 yes 404 yes 404 yes 401", ""),
    row("update_booking", "401 yes 404 yes 404 403 401", ""),
    row("preview_alteration", "401 yes 404 yes 404 403 401", ""),
    row("accept_alteration", "401 403 404 yes 404 403 401", "what the other side proposed"),
    row("decline_alteration", "401 403 404 yes 404 403 401", "what the other side proposed"),
    row("withdraw_alteration", "401 yes 404 403 404 403 401", "what one proposed"),
    row("accept_booking", "401 403 404 yes 404 403 401", ""),
    row("decline_booking", "401 403 404 yes 404 403 401", ""),
    row("check_in", "401 yes 404 yes 404 403 401", ""),
    row("check_out", "401 yes 404 yes 404 403 401", ""),
    row("mark_no_show", "401 403 404 yes 404 403 401", ""),
    // Money.
    row("create_payment", "401 yes 404 403 404 403 401", ""),
    row("list_payments", MEMBERS, "of one's own bookings; all to operators"),
    row("get_payment", "401 yes 404 yes 404 yes 401", ""),
    row("refund_payment", "401 403 404 yes 404 yes 401", ""),
    row("list_payouts", MEMBERS, "one's own; all to operators"),
    row("get_payout_balance", MEMBERS, "one's own"),
    row("get_payout_statement", MEMBERS, "one's own"),
    row("cancel_booking", "401 yes 404 yes 404 yes 401", ""),
    // Reviews.
    row("list_my_reviews", MEMBERS, "one's own"),
    row("list_guest_reviews", "401 yes 403 yes 403 yes 401", "of the guest; to hosts with a request or booking of the guest"),
    row("create_review", "401 yes 404 yes 404 403 401", "after the stay, once a side"),
    row("get_review", "404 yes 404 404 404 yes 401", "one that is not published"),
    row("update_review", "401 yes 404 404 404 403 401", "one that is not published"),
    row("respond_to_review", "401 403 403 yes 403 403 401", ""),
    row("delete_review", "401 yes 403 403 403 yes 401", "its author while it is not published, operators"),
    // Wish lists.
    row("list_wishlists", MEMBERS, "one's own"),
    row("create_wishlist", MEMBERS, ""),
    row("get_wishlist", OWNER_OF_LIST, ""),
    row("list_wishlist_items", OWNER_OF_LIST, ""),
    row("update_wishlist", OWNER_OF_LIST, ""),
    row("save_wishlist_item", OWNER_OF_LIST, ""),
    row("delete_wishlist_item", OWNER_OF_LIST, ""),
    row("share_wishlist", OWNER_OF_LIST, ""),
    row("get_shared_wishlist", PUBLIC, "with its token"),
    row("stop_sharing_wishlist", OWNER_OF_LIST, ""),
    row("delete_wishlist", OWNER_OF_LIST, ""),
    // Operators.
    row("get_ledger", OPERATORS, ""),
    row("list_accounts", OPERATORS, ""),
    row("get_account", OPERATORS, ""),
    row("list_any_properties", OPERATORS, ""),
    row("list_any_bookings", OPERATORS, ""),
    row("list_any_reviews", OPERATORS, ""),
    row("list_refunds", OPERATORS, ""),
    row("list_audit_log", OPERATORS, ""),
    row("get_cache_report", OPERATORS, ""),
    row("list_jobs", OPERATORS, ""),
    row("retry_job", OPERATORS, ""),
    row("discard_job", OPERATORS, "a queued one"),
    row("give_refund", OPERATORS, ""),
    row("cancel_any_booking", OPERATORS, ""),
    row("suspend_property", OPERATORS, ""),
    row("reinstate_property", OPERATORS, ""),
    row("change_account", OPERATORS, ""),
    row("waive_debt", OPERATORS, "what the host owes"),
    row("suspend_account", OPERATORS, ""),
    row("reinstate_account", OPERATORS, ""),
    row("reset_totp", OPERATORS, "when app and recovery codes are lost"),
    row("erase_me", MEMBERS, "not with bookings or payouts ahead"),
    row("erase_user", "401 yes 403 403 403 yes 401", "not with bookings or payouts ahead"),
];
