//! Errors of repositories.

use crate::property::calendar::CalendarError;

/// Failure of the database, or a rule that it checks again for every change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepositoryError {
    /// The database is unreachable, its disk is full, or too much work is queued. Nothing was
    /// changed; the operation can be retried.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Stored data cannot be read, or a statement was refused: a defect that is not the caller's
    /// fault.
    #[error("unexpected database response: {0}")]
    Internal(String),
    /// The acting operator has lost the role since the request was authenticated. Nothing was
    /// changed.
    #[error("the acting account is not an operator any more")]
    OperatorRightsLost,
    /// The acting account was suspended or erased since the request was authenticated. Nothing was
    /// changed.
    #[error("the acting account is suspended or erased")]
    AccountClosed,
    /// The change would leave no active operator. Nothing was changed.
    #[error("the account is the last active operator")]
    LastOperator,
}

/// Reason for which a change was not stored. Nothing of it was. A repository whose commits can fail
/// for other reasons has an error type of its own, which converts to this one for changes to which
/// those reasons cannot apply: they count as concurrent changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The resource was changed concurrently; it must be loaded and changed again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// For a use case whose repository returned a calendar that it did not ask for.
impl From<CalendarError> for RepositoryError {
    fn from(error: CalendarError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// For a caller that does not try again.
impl From<CommitError> for RepositoryError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale => Self::Unavailable(error.to_string()),
            CommitError::Repository(error) => error,
        }
    }
}
