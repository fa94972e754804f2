//! Failures that the steps of a second factor share.

use sojourn_domain::shared::Violations;

use crate::failure::Failure;

/// The second factor is already enabled.
pub(super) fn already_on() -> Failure {
    Failure::conflict(
        "totp_already_on",
        "The second factor is already enabled. Disable it before setting up another.",
    )
}

/// The code is not valid.
pub(super) fn code_invalid() -> Failure {
    let mut found = Violations::new();
    found.add("/code", "invalid", "is not a valid code");
    Failure::invalid(found)
}

/// Too many codes in a row were wrong.
pub(crate) fn codes_blocked() -> Failure {
    Failure::unauthenticated(
        "totp_blocked",
        "Codes are not accepted any more, because too many in a row were wrong. Set a new password with a mailed link.",
    )
}
