//! Failures that use cases of accounts share.

use crate::failure::Failure;

/// The one-time token is not valid.
pub(super) fn token_invalid() -> Failure {
    let detail = "The token is unknown, already used or expired.";
    Failure::unprocessable("token_invalid", detail)
}
