//! Errors of the use of a mailed one-time token.

use sojourn_domain::shared::RepositoryError;

use crate::failure::{Failure, UseCaseError};

/// Errors of proving an address with a mailed token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailedTokenError {
    /// The token is unknown, used, replaced or expired, or what it was for is not possible any more.
    #[error("the token is unknown, used or expired")]
    TokenInvalid,
    /// Too many token attempts from this network; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for MailedTokenError {
    fn failure(&self) -> Failure {
        match self {
            Self::TokenInvalid => token_invalid(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The failure of a one-time token that is not valid.
pub(super) fn token_invalid() -> Failure {
    let detail = "The token is unknown, already used or expired.";
    Failure::unprocessable("token_invalid", detail)
}
