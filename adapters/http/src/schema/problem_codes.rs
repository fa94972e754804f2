//! Codes of problems: the status of each, the operations that answer it, and its meaning. More codes may appear: a
//! client treats one that it does not know by the status.

use std::borrow::Cow;

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::open_enum;
use Of::{
    All, Bodies, Callers, Counted, Cursors, Inputs, Keyed, Only, Operators, Resources, Tokens,
    Versions,
};

/// Operations that answer a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Every operation.
    All,
    /// Those with a body.
    Bodies,
    /// Those that require a token.
    Callers,
    /// Those that read a token, required or not.
    Tokens,
    /// Those of operators.
    Operators,
    /// Those that count for the rate limit.
    Counted,
    /// Those with an id in the path.
    Resources,
    /// Those that judge query or body.
    Inputs,
    /// Those with an `Idempotency-Key`.
    Keyed,
    /// Those with a cursor.
    Cursors,
    /// Those with `If-Match`.
    Versions,
    /// Those with these ids.
    Only(&'static [&'static str]),
}

/// A code of problems.
#[derive(Debug)]
pub(crate) struct ProblemCode {
    /// HTTP status.
    pub(crate) status: u16,
    /// The code.
    pub(crate) code: &'static str,
    /// The operations that answer it.
    pub(crate) of: &'static [Of],
    /// Meaning, and remedy.
    pub(crate) meaning: &'static str,
}

const fn row(
    status: u16,
    code: &'static str,
    of: &'static [Of],
    meaning: &'static str,
) -> ProblemCode {
    ProblemCode {
        status,
        code,
        of,
        meaning,
    }
}

/// Operations that charge a card, or capture an authorized amount.
const CHARGING: &[Of] = &[Only(&[
    "accept_alteration",
    "accept_booking",
    "create_payment",
    "update_booking",
])];

/// Operations that require that a stay can be booked.
const BOOKABLE: &[Of] = &[Only(&[
    "accept_alteration",
    "create_booking",
    "get_quote",
    "preview_alteration",
    "quote",
    "update_booking",
])];

/// Operations that plan a change of a booking, or apply it.
const ALTERING: &[Of] = &[Only(&[
    "accept_alteration",
    "preview_alteration",
    "update_booking",
])];

/// Operations that require the password, or a fresh login.
const PROVEN: &[Of] = &[Only(&[
    "disable_totp",
    "enrol_totp",
    "erase_me",
    "erase_user",
    "request_email_change",
])];

/// Operations that end an account or its rights.
const ENDING: &[Of] = &[Only(&[
    "change_account",
    "erase_me",
    "erase_user",
    "suspend_account",
])];

/// Operations on what others may see and not change.
const SHARED: Of = Only(&[
    "accept_alteration",
    "accept_booking",
    "cancel_booking",
    "check_in",
    "check_out",
    "create_payment",
    "create_review",
    "decline_alteration",
    "decline_booking",
    "delete_property",
    "delete_review",
    "erase_user",
    "export_user",
    "list_calendars",
    "list_guest_reviews",
    "list_users",
    "mark_no_show",
    "preview_alteration",
    "publish_property",
    "refund_payment",
    "respond_to_review",
    "set_calendar",
    "unpublish_property",
    "update_booking",
    "update_property",
    "update_review",
    "update_user",
    "withdraw_alteration",
]);

/// Operations whose body or query names a resource.
const NAMING: Of = Only(&[
    "create_booking",
    "create_payment",
    "create_review",
    "get_shared_wishlist",
    "give_refund",
    "list_calendars",
]);

/// Operations that the state of what they change may refuse.
const STATEFUL: &[Of] = &[Only(&[
    "accept_alteration",
    "accept_booking",
    "cancel_any_booking",
    "cancel_booking",
    "check_in",
    "check_out",
    "create_payment",
    "create_review",
    "decline_alteration",
    "decline_booking",
    "delete_review",
    "discard_job",
    "mark_no_show",
    "preview_alteration",
    "preview_cancellation",
    "publish_property",
    "reinstate_account",
    "reinstate_property",
    "reset_totp",
    "respond_to_review",
    "retry_job",
    "suspend_account",
    "suspend_property",
    "unpublish_property",
    "update_booking",
    "update_review",
    "withdraw_alteration",
])];

/// All codes of problems.
#[rustfmt::skip]
pub(crate) const PROBLEM_CODES: &[ProblemCode] = &[
    row(400, "bad_request", &[Bodies], "The request is malformed."),
    row(400, "malformed_body", &[Bodies], "The body could not be read."),
    row(400, "malformed_json", &[Bodies], "The body is no JSON, names a key twice, or is nested too deeply."),
    row(401, "bad_credentials", &[Only(&["log_in"])], "Wrong e-mail address or password, or the address is not verified yet."),
    row(401, "token_invalid", &[Tokens, Only(&["refresh_tokens"])], "The token is expired or invalid: refresh, or log in again."),
    row(401, "token_missing", &[Callers, Only(&["search_properties", "summarise_search"])], "Log in first."),
    row(401, "totp_blocked", &[Only(&["disable_totp", "log_in"])], "Too many wrong codes; use a recovery code, or wait."),
    row(401, "totp_invalid", &[Only(&["log_in"])], "The code is wrong or was used."),
    row(401, "totp_required", &[Only(&["log_in"])], "The account has a second factor: log in again with `totp`."),
    row(402, "authentication_required", CHARGING, "The bank requires the cardholder to authenticate; use another card."),
    row(402, "card_declined", CHARGING, "Use another card. The hold continues."),
    row(402, "insufficient_funds", CHARGING, "Use another card. The hold continues."),
    row(402, "invalid_payment_method", CHARGING, "No such payment method."),
    row(403, "forbidden", &[Operators, SHARED], "You see the resource, and may not do this with it."),
    row(403, "own_property", &[Only(&["create_booking"])], "Hosts cannot book their own properties."),
    row(403, "password_required", PROVEN, "The login is older than five minutes: send the password."),
    row(404, "not_found", &[Resources, NAMING], "No such resource, or you may not know of it."),
    row(405, "method_not_allowed", &[], "See the header `Allow`."),
    row(406, "not_acceptable", &[All], "`Accept-Encoding` excludes every available encoding."),
    row(408, "request_timeout", &[Bodies], "The body arrived too slowly."),
    row(409, "already_reviewed", &[Only(&["create_review"])], "The stay was reviewed before."),
    row(409, "alteration_pending", &[Only(&["accept_alteration", "check_in", "decline_alteration", "preview_alteration", "update_booking", "withdraw_alteration"])], "Another change of the booking awaits an answer or its payment."),
    row(409, "balance_due", &[Only(&["erase_me", "erase_user"])], "The account owes money as a host."),
    row(409, "bookings_ahead", &[Only(&["delete_property"])], "The property has bookings ahead."),
    row(409, "dates_unavailable", BOOKABLE, "Choose other nights."),
    row(409, "email_taken", &[Only(&["change_account"])], "Another account has the address."),
    row(409, "hold_expired", &[Only(&["create_payment"])], "The payment came too late and is refunded; book again."),
    row(409, "idempotency_in_progress", &[Keyed], "The first request with the key is still running; repeat later."),
    row(409, "last_operator", ENDING, "Appoint another operator first."),
    row(409, "nights_taken", &[Only(&["set_calendar"])], "Nothing was changed, because these nights are booked or held."),
    row(409, "no_alteration", &[Only(&["accept_alteration", "decline_alteration", "withdraw_alteration"])], "No change of the booking awaits an answer."),
    row(409, "no_debt", &[Only(&["waive_debt"])], "The host owes nothing in the currency."),
    row(409, "not_discardable", &[Only(&["discard_job"])], "Money depends on the work; retry it."),
    row(409, "obligations_open", &[Only(&["erase_me", "erase_user"])], "Bookings or payouts of the account are open."),
    row(409, "price_changed", &[Only(&["create_booking", "preview_alteration", "update_booking"])], "Confirm `total` in `expected_total`, or request a new quote. Without `total`, the currency changed."),
    row(409, "property_unavailable", &[Only(&["accept_booking", "create_payment"])], "The property is suspended."),
    row(409, "quote_expired", &[Only(&["create_booking"])], "Request a new quote."),
    row(409, "refund_declined", &[Only(&["give_refund", "refund_payment"])], "The payment provider declined the refund."),
    row(409, "too_early", &[Only(&["check_out"])], "Not possible yet."),
    row(409, "too_many_alterations", ALTERING, "The booking has been changed as often as possible."),
    row(409, "too_many_drafts", &[Only(&["create_property"])], "List or delete one of the unlisted properties first."),
    row(409, "too_many_wishlists", &[Only(&["create_wishlist"])], "Delete one of the wish lists first."),
    row(409, "totp_already_on", &[Only(&["confirm_totp", "enrol_totp"])], "The second factor is enabled."),
    row(409, "totp_not_enrolled", &[Only(&["confirm_totp"])], "Begin with `POST /v1/auth/totp`."),
    row(409, "totp_not_on", &[Only(&["disable_totp"])], "The second factor is not enabled."),
    row(409, "wishlist_full", &[Only(&["save_wishlist_item"])], "Remove one of its properties first."),
    row(409, "wrong_state", STATEFUL, "The present state does not allow it: fetch the resource again."),
    row(412, "precondition_failed", &[Versions], "The resource has changed since the version in `If-Match`: fetch it again."),
    row(413, "body_too_large", &[Bodies], "The body exceeds the limit of the operation."),
    row(414, "uri_too_long", &[All], "Path and query are longer than 8 KiB."),
    row(415, "unsupported_content_encoding", &[Bodies], "Send the body without `Content-Encoding`."),
    row(415, "unsupported_media_type", &[Bodies], "Send `Content-Type: application/json`."),
    row(422, "check_out_only", ALTERING, "The stay has begun: only its check-out can change."),
    row(422, "cursor_invalid", &[Cursors], "The cursor is not one of this list with these filters: begin with the first page."),
    row(422, "idempotency_key_invalid", &[Keyed], "1 to 255 visible ASCII characters."),
    row(422, "idempotency_key_reused", &[Keyed], "The key belongs to another request."),
    row(422, "invalid_amount", ALTERING, "The amount cannot be calculated."),
    row(422, "not_bookable", BOOKABLE, "The stay violates rules of the property, which `errors` names."),
    row(422, "nothing_to_alter", &[Only(&["preview_alteration", "update_booking"])], "The dates and guests are those of the booking already."),
    row(422, "quote_invalid", &[Only(&["create_booking"])], "The quote is not for this property, stay, party and rate."),
    row(422, "token_invalid", &[Only(&["confirm_email_change", "reset_password", "verify_email"])], "The one-time token is used, expired or unknown."),
    row(422, "validation_failed", &[Inputs], "Fields are invalid, and `errors` names them all."),
    row(429, "hold_exists", &[Only(&["create_booking"])], "Pay, change or cancel the unpaid booking of this property first."),
    row(429, "rate_limited", &[Counted], "Wait for the seconds in `Retry-After`."),
    row(429, "recently_released", &[Only(&["create_booking"])], "You held these nights a moment ago; wait for `Retry-After`."),
    row(429, "too_many_holds", &[Only(&["create_booking"])], "Pay or cancel an unpaid booking first."),
    row(429, "too_many_proposals", &[Only(&["update_booking"])], "Too many changes of the booking were proposed today."),
    row(429, "too_many_refused_cards", &[Only(&["accept_alteration", "create_payment", "update_booking"])], "Too many cards were refused; try again later."),
    row(500, "internal_error", &[All], "A defect; report it with its `request_id`."),
    row(503, "payment_unavailable", CHARGING, "The payment provider does not respond; a retry never charges twice."),
    row(503, "unavailable", &[All], "Overloaded or not ready; retry after `Retry-After`."),
];

/// Members of problems, with the codes that carry them.
pub(crate) const MEMBERS: [(&str, &[&str]); 6] = [
    ("limit", &["too_many_alterations"]),
    ("nights", &["dates_unavailable", "nights_taken"]),
    ("not_before", &["too_early", "wrong_state"]),
    ("state", &["wrong_state"]),
    ("total", &["price_changed"]),
    ("until", &["wrong_state"]),
];

/// Codes of violations of fields.
pub(crate) const FIELD_CODES: [&str; 40] = [
    "above_captured",
    "check_out_only",
    "closed_to_arrival",
    "closed_to_departure",
    "contains_email",
    "contradiction",
    "currency_mismatch",
    "cursor_invalid",
    "dates_unavailable",
    "duplicate",
    "hold_too_long",
    "invalid",
    "max_nights",
    "min_nights",
    "nights_taken",
    "no_such_rate",
    "not_allowed",
    "not_listed",
    "out_of_range",
    "past",
    "price_too_low",
    "quote_invalid",
    "required",
    "too_common",
    "too_far",
    "too_late",
    "too_long",
    "too_many",
    "too_many_guests",
    "too_many_pets",
    "too_short",
    "too_soon",
    "unknown_currency",
    "unknown_field",
    "unknown_parameter",
    "unknown_value",
    "unverified",
    "wrong_password",
    "wrong_type",
    "yourself",
];

impl ProblemCode {
    /// True if it is one of few operations.
    pub(crate) fn is_of_few(&self) -> bool {
        self.of.iter().any(|it| matches!(it, Only(_)))
    }

    /// True if problems with the code name the fields that are wrong.
    pub(crate) fn has_violations(&self) -> bool {
        self.status == 422 || matches!(self.code, "dates_unavailable" | "nights_taken")
    }
}

/// Schema of the codes of problems.
#[derive(Debug)]
pub struct ProblemCodeSchema;

impl PartialSchema for ProblemCodeSchema {
    fn schema() -> RefOr<Schema> {
        let mut codes: Vec<&str> = PROBLEM_CODES.iter().map(|it| it.code).collect();
        codes.sort_unstable();
        codes.dedup();
        open_enum(codes)
    }
}

impl ToSchema for ProblemCodeSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ProblemCode")
    }
}

/// Schema of the codes of violations of fields.
#[derive(Debug)]
pub struct FieldCodeSchema;

impl PartialSchema for FieldCodeSchema {
    fn schema() -> RefOr<Schema> {
        open_enum(FIELD_CODES)
    }
}

impl ToSchema for FieldCodeSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("FieldProblemCode")
    }
}
