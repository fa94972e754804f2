//! Codes of problems and of violations of fields. More codes may appear: a client treats one that it does not know by
//! the status.

use std::borrow::Cow;

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::open_enum;

/// Codes of problems with their statuses.
pub(crate) const PROBLEM_CODES: [(u16, &str); 66] = [
    (400, "bad_request"),
    (400, "malformed_body"),
    (400, "malformed_json"),
    (401, "bad_credentials"),
    (401, "token_invalid"),
    (401, "token_missing"),
    (401, "totp_blocked"),
    (401, "totp_invalid"),
    (401, "totp_required"),
    (402, "authentication_required"),
    (402, "card_declined"),
    (402, "insufficient_funds"),
    (402, "invalid_payment_method"),
    (403, "forbidden"),
    (403, "own_property"),
    (403, "password_required"),
    (404, "not_found"),
    (405, "method_not_allowed"),
    (406, "not_acceptable"),
    (408, "request_timeout"),
    (409, "already_reviewed"),
    (409, "alteration_pending"),
    (409, "balance_due"),
    (409, "bookings_ahead"),
    (409, "dates_unavailable"),
    (409, "email_taken"),
    (409, "hold_expired"),
    (409, "idempotency_in_progress"),
    (409, "last_operator"),
    (409, "nights_taken"),
    (409, "no_alteration"),
    (409, "no_debt"),
    (409, "not_discardable"),
    (409, "obligations_open"),
    (409, "price_changed"),
    (409, "property_unavailable"),
    (409, "quote_expired"),
    (409, "refund_declined"),
    (409, "too_early"),
    (409, "too_many_alterations"),
    (409, "too_many_drafts"),
    (409, "too_many_wishlists"),
    (409, "totp_already_on"),
    (409, "totp_not_enrolled"),
    (409, "totp_not_on"),
    (409, "wishlist_full"),
    (409, "wrong_state"),
    (412, "precondition_failed"),
    (413, "body_too_large"),
    (414, "uri_too_long"),
    (415, "unsupported_content_encoding"),
    (415, "unsupported_media_type"),
    (422, "check_out_only"),
    (422, "cursor_invalid"),
    (422, "idempotency_key_invalid"),
    (422, "idempotency_key_reused"),
    (422, "invalid_amount"),
    (422, "not_bookable"),
    (422, "nothing_to_alter"),
    (422, "quote_invalid"),
    (422, "token_invalid"),
    (422, "validation_failed"),
    (429, "rate_limited"),
    (500, "internal_error"),
    (503, "payment_unavailable"),
    (503, "unavailable"),
];

/// Codes of problems with status 429 about limits of their own.
pub(crate) const LIMIT_CODES: [&str; 5] = [
    "hold_exists",
    "recently_released",
    "too_many_holds",
    "too_many_proposals",
    "too_many_refused_cards",
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

/// Schema of the codes of problems.
#[derive(Debug)]
pub struct ProblemCodeSchema;

impl PartialSchema for ProblemCodeSchema {
    fn schema() -> RefOr<Schema> {
        let codes = PROBLEM_CODES.iter().map(|(_, code)| *code);
        let mut codes: Vec<&str> = codes.chain(LIMIT_CODES).collect();
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
