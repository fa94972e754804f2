//! Why an operator's wish is not done.

use sojourn_domain::property::PropertyMoveError;
use sojourn_domain::shared::{Actor, StoreError, UserId, Violations};

/// Why an operator's wish is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdminError {
    /// There is no such thing.
    #[error("no such thing")]
    NotFound,
    /// The asker is no operator.
    #[error("only operators may do this")]
    Forbidden,
    /// Not in the state that it is in.
    #[error("not possible in the state that it is in")]
    WrongState,
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PropertyMoveError> for AdminError {
    fn from(refusal: PropertyMoveError) -> Self {
        match refusal {
            PropertyMoveError::NotHost => Self::Forbidden,
            PropertyMoveError::WrongState(_) => Self::WrongState,
            PropertyMoveError::Invalid(found) => Self::Invalid(found),
        }
    }
}

/// Refuses whoever is no operator.
pub(super) const fn operators_alone(actor: &Actor) -> Result<(), AdminError> {
    if actor.admin {
        Ok(())
    } else {
        Err(AdminError::Forbidden)
    }
}

/// Refuses whoever is no operator, and a reason that is none: 1–1,000 characters.
pub(super) fn operators_with_reason(actor: &Actor, reason: &str) -> Result<(), AdminError> {
    operators_alone(actor)?;
    let mut found = Violations::new();
    found.text("/reason", reason, 1_000);
    found.or(()).map_err(AdminError::Invalid)
}

/// Refuses what operators do to nobody's account but others'.
pub(super) fn others_alone(actor: &Actor, id: UserId) -> Result<(), AdminError> {
    let mut found = Violations::new();
    found.require(
        actor.user_id != id,
        "/user_id",
        "yourself",
        "another operator does this",
    );
    found.or(()).map_err(AdminError::Invalid)
}
