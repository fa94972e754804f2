//! Missing permissions.

use sojourn_domain::shared::{Actor, RepositoryError};

use crate::failure::{Failure, UseCaseError};

/// Errors of a permission check. An interface runs the check of an operation before it reports that the
/// input is invalid; the use case repeats it on what it loads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermissionError {
    /// No such resource, or it is not visible to the caller.
    #[error("no such resource")]
    NotFound,
    /// The caller may see the resource, but not do this.
    #[error("the caller may not do this")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for PermissionError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Permission of operators.
///
/// # Errors
/// [`PermissionError::Forbidden`].
pub async fn permit_admin(actor: &Actor) -> Result<(), PermissionError> {
    if actor.admin {
        Ok(())
    } else {
        Err(PermissionError::Forbidden)
    }
}
