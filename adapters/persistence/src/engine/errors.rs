//! Errors of the database, as errors that a caller can act on.

use diesel::result::{DatabaseErrorKind, Error};
use sojourn_domain::shared::{CommitError, RepositoryError};

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
    Refused(#[from] CommitError),
}

impl From<RepositoryError> for TxError {
    fn from(error: RepositoryError) -> Self {
        Self::Refused(CommitError::Repository(error))
    }
}

impl From<TxError> for CommitError {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Db(error) => commit_error(error),
            TxError::Refused(error) => error,
        }
    }
}

impl From<TxError> for RepositoryError {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Db(error) => store_error(error),
            TxError::Refused(CommitError::Repository(error)) => error,
            TxError::Refused(refused) => Self::Internal(refused.to_string()),
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

/// The error of a statement of a commit.
pub(crate) fn commit_error(error: Error) -> CommitError {
    match violated_constraint(&error) {
        Some(ConstraintKind::Exists) => CommitError::Exists,
        Some(ConstraintKind::NightsTaken) => CommitError::NightsTaken(Vec::new()),
        None => CommitError::Repository(store_error(error)),
    }
}

/// Any failure to read or write a value, as a defect.
pub(crate) fn corrupt(error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Internal(error.to_string())
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
        assert_eq!(commit_error(error), CommitError::Exists);
        let error = reported(
            DatabaseErrorKind::UniqueViolation,
            "UNIQUE constraint failed: users.id",
        );
        assert!(matches!(
            commit_error(error),
            CommitError::Repository(RepositoryError::Internal(_))
        ));
    }
}
