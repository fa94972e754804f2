//! Errors and pages of repositories.

use uuid::Uuid;

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
    /// A stored row cannot be restored. Other rows are not affected.
    #[error("the row {id} of {table} is damaged: {reason}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// Identifier of the row.
        id: Uuid,
        /// The value that was found and the rule that it breaks.
        reason: String,
    },
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

/// For a caller that does not try again.
impl From<CommitError> for RepositoryError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale => Self::Unavailable(error.to_string()),
            CommitError::Repository(error) => error,
        }
    }
}

/// Request for a page of a list. The position is the sort key and id of the last row of the
/// previous page, so that insertions and deletions do not shift it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PageRequest {
    /// Maximum number of rows, 1–100.
    pub limit: u32,
    /// Position of the last row of the previous page; the first page when absent.
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Page<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Position for the next page; absent on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Maps the rows of the page.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            data: self.data.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}
