//! Errors of the use cases for operators.

use sojourn_domain::property::PropertyTransitionError;
use sojourn_domain::shared::{Actor, RepositoryError, UserId, Violations};

use crate::failure::{Failure, UseCaseError};

/// Errors of the use cases for operators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdminError {
    /// No such resource.
    #[error("no such resource")]
    NotFound,
    /// The caller is not an operator.
    #[error("only operators may do this")]
    Forbidden,
    /// Not allowed in its current state, which is named as the interfaces name it.
    #[error("not allowed in the state {0}")]
    WrongState(&'static str),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for AdminError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::WrongState(state) => Failure::conflict(
                "wrong_state",
                "The current state does not allow this operation.",
            )
            .with_member("state", *state),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PropertyTransitionError> for AdminError {
    fn from(error: PropertyTransitionError) -> Self {
        match error {
            PropertyTransitionError::NotHost => Self::Forbidden,
            PropertyTransitionError::WrongState(status) => Self::WrongState(status.as_str()),
            PropertyTransitionError::Invalid(found) => Self::Invalid(found),
        }
    }
}

/// Fails unless the caller is an operator.
pub(crate) const fn require_admin(actor: &Actor) -> Result<(), AdminError> {
    if actor.admin {
        Ok(())
    } else {
        Err(AdminError::Forbidden)
    }
}

/// Fails unless the caller is an operator and the reason has 1–1,000 characters.
pub(crate) fn require_reason(actor: &Actor, reason: &str) -> Result<(), AdminError> {
    require_admin(actor)?;
    let mut found = Violations::new();
    found.text("/reason", reason, 1_000);
    found.into_result(()).map_err(AdminError::Invalid)
}

/// Fails if operators apply the action to their own account.
pub(crate) fn require_not_self(actor: &Actor, id: UserId) -> Result<(), AdminError> {
    let mut found = Violations::new();
    found.require(
        actor.user_id != id,
        "/user_id",
        "yourself",
        "must not be your own account",
    );
    found.into_result(()).map_err(AdminError::Invalid)
}
