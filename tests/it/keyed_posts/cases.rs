//! The POST operations of the API: requests that change something, and reasons for the rest.

use super::bookings::BOOKINGS;
use super::marketplace::{Marketplace, Request};
use super::others::OTHERS;

/// A request for an operation.
pub struct Case {
    /// Its `operationId`.
    pub operation: &'static str,
    /// The case of the operation; empty for the usual one.
    pub variant: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// Hours by which the clock is ahead when the request is sent.
    pub hours_ahead: i64,
    /// Makes resources of its own and the request.
    pub prepare: fn(&Marketplace<'_>) -> Request,
}

impl Case {
    pub const fn new(
        operation: &'static str,
        status: u16,
        prepare: fn(&Marketplace<'_>) -> Request,
    ) -> Self {
        Self {
            operation,
            variant: "",
            status,
            hours_ahead: 0,
            prepare,
        }
    }

    pub const fn variant(self, variant: &'static str) -> Self {
        Self { variant, ..self }
    }

    pub const fn ahead(self, hours_ahead: i64) -> Self {
        Self {
            hours_ahead,
            ..self
        }
    }

    /// The idempotency key of the request.
    pub fn key(&self) -> String {
        format!("{}-{}", self.operation, self.variant.replace(' ', "_"))
    }
}

/// Every case.
pub fn all() -> impl Iterator<Item = &'static Case> {
    BOOKINGS.iter().chain(OTHERS)
}

/// Operations without an outcome, each with the reason.
#[rustfmt::skip]
pub const EXEMPT: &[(&str, &str)] = &[
    ("quote", "changes nothing"),
    ("preview_alteration", "changes nothing"),
    ("log_in", "its answer holds secrets and is never kept; a repetition opens another session"),
    ("log_out", "a repetition finds the session ended"),
    ("refresh_tokens", "its answer holds secrets and is never kept; the refresh token is the key"),
    ("verify_email", "the one-time token is the key"),
    ("resend_verification", "answers alike whatever it did; a repetition mails another link"),
    ("request_email_change", "a repetition mails another link, which replaces the one before"),
    ("confirm_email_change", "the one-time token is the key"),
    ("forgot_password", "answers alike whatever it did; a repetition mails another token"),
    ("reset_password", "the one-time token is the key"),
    ("change_password", "a repetition sets the same password"),
    ("enrol_totp", "its answer holds secrets and is never kept; a repetition replaces the secret"),
    ("confirm_totp", "its answer holds secrets and is never kept; each code is accepted once"),
];
