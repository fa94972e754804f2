//! What a repository can fail with.

use chrono::NaiveDate;

/// The store could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is away, its disk full, or too much work is queued. Nothing was changed; try again later.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be read, or a statement was refused: a defect, not the caller's fault.
    #[error("the database answered unexpectedly: {0}")]
    Corrupt(String),
}

/// Why a change was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Somebody changed the aggregate since it was read: read again and decide anew.
    #[error("changed meanwhile")]
    Stale,
    /// Another claim holds these nights.
    #[error("nights are taken")]
    NightsTaken(Vec<NaiveDate>),
    /// A row with this natural key is there already (an e-mail address, a booking's payment or review).
    #[error("exists already")]
    Exists,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
