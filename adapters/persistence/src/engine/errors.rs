//! Errors of the database, as errors that a caller can act on.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_domain::booking::BookingCommitError;
use sojourn_domain::property::{CalendarCommitError, PropertyDeletionError};
use sojourn_domain::review::ReviewCommitError;
use sojourn_domain::shared::{CommitError, RepositoryError};
use sojourn_domain::user::UserCommitError;
use uuid::Uuid;

use super::constraints::{ConstraintKind, violated_constraint};
use crate::dialect::backends;

/// The reason for which a transaction was not committed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TxError {
    /// The database refused a statement.
    #[error(transparent)]
    Db(#[from] Error),
    /// The change must not be made.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// The reason for which a change must not be made. The repository of an aggregate reports the conflicts that its
/// changes can have; any other is a defect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The stored version is not the one that was changed.
    #[error("the resource was changed concurrently")]
    Stale,
    /// A row with this natural key exists, or rows refer to one that is to be deleted.
    #[error("the resource already exists")]
    Exists,
    /// These nights have other claims; none are named when the schema refused them.
    #[error("some of the nights are not available")]
    NightsTaken(Vec<NaiveDate>),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Refusal {
    /// The failure as a defect, where no conflict is possible.
    pub(crate) fn into_repository_error(self) -> RepositoryError {
        match self {
            Self::Repository(error) => error,
            Self::Stale | Self::Exists | Self::NightsTaken(_) => corrupt(self),
        }
    }
}

impl From<RepositoryError> for TxError {
    fn from(error: RepositoryError) -> Self {
        Self::Refused(Refusal::Repository(error))
    }
}

impl From<TxError> for Refusal {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Refused(refusal) => refusal,
            TxError::Db(error) => match violated_constraint(&error) {
                Some(ConstraintKind::Exists) => Self::Exists,
                Some(ConstraintKind::NightsTaken) => Self::NightsTaken(Vec::new()),
                None => Self::Repository(store_error(error)),
            },
        }
    }
}

impl From<TxError> for RepositoryError {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Db(error) => store_error(error),
            TxError::Refused(refusal) => refusal.into_repository_error(),
        }
    }
}

impl From<TxError> for CommitError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            Refusal::Stale | Refusal::Exists => Self::Stale,
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

impl From<TxError> for UserCommitError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            Refusal::Stale => Self::Stale,
            Refusal::Exists => Self::EmailTaken,
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

impl From<TxError> for BookingCommitError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            // A booking has one payment; another request began it.
            Refusal::Stale | Refusal::Exists => Self::Stale,
            Refusal::NightsTaken(nights) => Self::NightsTaken(nights),
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

impl From<TxError> for ReviewCommitError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            Refusal::Stale => Self::Stale,
            Refusal::Exists => Self::Exists,
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

impl From<TxError> for PropertyDeletionError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            Refusal::Stale => Self::Stale,
            Refusal::Exists => Self::HasBookings,
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

impl From<TxError> for CalendarCommitError {
    fn from(error: TxError) -> Self {
        match Refusal::from(error) {
            Refusal::NightsTaken(nights) => Self::NightsTaken(nights),
            refusal => Self::Repository(refusal.into_repository_error()),
        }
    }
}

/// The error of a statement that is expected to violate no constraint.
#[expect(clippy::needless_pass_by_value, reason = "so that it fits map_err")]
pub(crate) fn store_error(error: Error) -> RepositoryError {
    if is_unavailable(&error) || is_transient(&error) {
        RepositoryError::Unavailable(error.to_string())
    } else {
        RepositoryError::Internal(error.to_string())
    }
}

/// Any failure to read or write a value, as a defect.
pub(crate) fn corrupt(error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Internal(error.to_string())
}

/// The failure to read a row, with its table and its id.
pub(crate) fn damaged(table: &'static str, id: Uuid, error: RepositoryError) -> RepositoryError {
    match error {
        RepositoryError::Internal(reason) => RepositoryError::Damaged { table, id, reason },
        error => error,
    }
}

/// True if the same transaction may succeed when it is repeated: the lock was taken, or the database ended it in
/// favour of another.
pub(crate) fn is_transient(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            let message = info.message().to_lowercase();
            backends::ALL
                .iter()
                .any(|dialect| dialect.is_transient(&message))
        }
        Error::RollbackErrorOnCommit { commit_error, .. } => is_transient(commit_error),
        _ => false,
    }
}

/// True if the database takes no writes, as a standby does.
pub(crate) fn is_read_only(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => true,
        Error::DatabaseError(_, info) => {
            let message = info.message().to_lowercase();
            backends::ALL
                .iter()
                .any(|dialect| dialect.is_read_only(&message))
        }
        Error::RollbackErrorOnCommit { commit_error, .. } => is_read_only(commit_error),
        _ => false,
    }
}

/// True if the database is full, unreachable or shutting down. Diesel gives no code for these reports.
fn is_unavailable(error: &Error) -> bool {
    match error {
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        )
        | Error::BrokenTransactionManager => true,
        Error::DatabaseError(_, info) => {
            let message = info.message().to_lowercase();
            backends::ALL
                .iter()
                .flat_map(|dialect| dialect.unavailable_messages())
                .any(|part| message.contains(part))
        }
        Error::RollbackErrorOnCommit { commit_error, .. } => is_unavailable(commit_error),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(kind: DatabaseErrorKind, message: &str) -> Error {
        Error::DatabaseError(kind, Box::new(message.to_owned()))
    }

    #[test]
    fn locks_and_deadlocks_are_transient_and_full_disks_unavailable() {
        let kind = DatabaseErrorKind::Unknown;
        assert!(is_transient(&reported(kind, "database is locked")));
        assert!(is_transient(&reported(kind, "locking protocol")));
        assert!(is_transient(&reported(kind, "deadlock detected")));
        for message in [
            "database or disk is full",
            "could not extend file \"base/1\": No space left on device",
        ] {
            assert!(
                matches!(
                    store_error(reported(kind, message)),
                    RepositoryError::Unavailable(_)
                ),
                "{message}"
            );
        }
        assert!(matches!(
            store_error(reported(kind, "no such table: x")),
            RepositoryError::Internal(_)
        ));
    }

    #[test]
    fn sqlite_reports_a_named_constraint_by_its_columns() {
        let error = reported(
            DatabaseErrorKind::UniqueViolation,
            "UNIQUE constraint failed: users.email_key",
        );
        assert_eq!(Refusal::from(TxError::from(error)), Refusal::Exists);
        let error = reported(
            DatabaseErrorKind::UniqueViolation,
            "UNIQUE constraint failed: users.id",
        );
        assert!(matches!(
            Refusal::from(TxError::from(error)),
            Refusal::Repository(RepositoryError::Internal(_))
        ));
    }
}
