//! Errors of repositories.

use chrono::NaiveDate;

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
    /// The change would leave no active operator. Nothing was changed.
    #[error("the account is the last active operator")]
    LastOperator,
}

/// Reason for which a change was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The resource was changed concurrently; it must be loaded and changed again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// These nights have other claims.
    #[error("some of the nights are not available")]
    NightsTaken(Vec<NaiveDate>),
    /// A row with this natural key exists (an e-mail address, a booking's payment or review).
    #[error("the resource already exists")]
    Exists,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}
