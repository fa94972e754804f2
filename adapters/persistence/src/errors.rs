//! From what a database reports to what a caller can act on.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};
use sojourn_domain::shared::{CommitError, StoreError};

/// A named constraint, and what it means when it is hurt.
pub(crate) struct Rule {
    /// Its name, the same in every schema.
    pub(crate) name: &'static str,
    /// Its columns, by which SQLite reports it.
    pub(crate) columns: &'static str,
    /// What to answer.
    pub(crate) meaning: Meaning,
}

/// What a hurt constraint means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// [`CommitError::Exists`].
    Exists,
    /// [`CommitError::NightsTaken`]; the caller finds out which.
    NightsTaken,
}

/// All rules that callers can act on; any other constraint is hurt only by a defect.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "users_email_key",
        columns: "users.email_key",
        meaning: Meaning::Exists,
    },
    Rule {
        name: "second_factors_pkey",
        columns: "second_factors.user_id",
        meaning: Meaning::Exists,
    },
    Rule {
        name: "payments_booking_key",
        columns: "payments.property_id, payments.booking_id",
        meaning: Meaning::Exists,
    },
    Rule {
        name: "reviews_booking_key",
        columns: "reviews.booking_id, reviews.subject",
        meaning: Meaning::Exists,
    },
    Rule {
        name: "booked_nights_pkey",
        columns: "booked_nights.property_id, booked_nights.night",
        meaning: Meaning::NightsTaken,
    },
];

/// Why a transaction was not committed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TxError {
    /// The database refused a statement.
    #[error(transparent)]
    Db(#[from] Error),
    /// The change is not to be made.
    #[error(transparent)]
    Refused(#[from] CommitError),
}

impl From<StoreError> for TxError {
    fn from(error: StoreError) -> Self {
        Self::Refused(CommitError::Store(error))
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

impl From<TxError> for StoreError {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Db(error) => store_error(error),
            TxError::Refused(CommitError::Store(error)) => error,
            TxError::Refused(refused) => Self::Corrupt(refused.to_string()),
        }
    }
}

/// What a failed statement means where no constraint is expected to be hurt.
#[expect(clippy::needless_pass_by_value, reason = "so that it fits map_err")]
pub(crate) fn store_error(error: Error) -> StoreError {
    if is_unavailable(&error) || is_transient(&error) {
        StoreError::Unavailable(error.to_string())
    } else {
        StoreError::Corrupt(error.to_string())
    }
}

/// What a failed statement means to a commit.
pub(crate) fn commit_error(error: Error) -> CommitError {
    match meaning(&error) {
        Some(Meaning::Exists) => CommitError::Exists,
        Some(Meaning::NightsTaken) => CommitError::NightsTaken(Vec::new()),
        None => CommitError::Store(store_error(error)),
    }
}

/// Which rule a statement hurt.
pub(crate) fn meaning(error: &Error) -> Option<Meaning> {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else {
        return None;
    };
    RULES
        .iter()
        .find(|rule| is_of(rule, info.as_ref()))
        .map(|rule| rule.meaning)
}

fn is_of(rule: &Rule, info: &dyn DatabaseErrorInformation) -> bool {
    info.constraint_name().map_or_else(
        || info.message().strip_prefix("UNIQUE constraint failed: ") == Some(rule.columns),
        |name| name == rule.name,
    )
}

/// Whether the same transaction may succeed when it is run again: SQLite's lock was taken, or PostgreSQL ended it
/// for another's sake (40001, 40P01; Diesel has no kind for the second).
pub(crate) fn is_transient(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            let message = info.message().to_lowercase();
            message.contains("deadlock")
                || message.starts_with("database is locked")
                || message.starts_with("database table is locked")
        }
        Error::RollbackErrorOnCommit { commit_error, .. } => is_transient(commit_error),
        _ => false,
    }
}

/// Reports of a database that is full, away, or shutting down. Diesel gives no code for them.
const UNAVAILABLE: &[&str] = &[
    "database or disk is full",
    "disk i/o error",
    "unable to open database file",
    "attempt to write a readonly database",
    "no space left on device",
    "could not extend file",
    "could not write",
    "server closed the connection",
    "terminating connection",
    "connection to server",
    "no connection to the server",
    "ssl connection has been closed",
    "could not receive data from server",
    "could not send data to server",
    "remaining connection slots",
    "too many clients",
    "out of memory",
    "cannot connect now",
    "the database system is",
    "canceling statement",
];

fn is_unavailable(error: &Error) -> bool {
    match error {
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        )
        | Error::BrokenTransactionManager => true,
        Error::DatabaseError(_, info) => {
            let message = info.message().to_lowercase();
            UNAVAILABLE.iter().any(|sign| message.contains(sign))
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
    fn tells_what_can_be_retried_from_what_cannot() {
        let kind = DatabaseErrorKind::Unknown;
        assert!(is_transient(&reported(kind, "database is locked")));
        assert!(is_transient(&reported(kind, "deadlock detected")));
        for away in [
            "database or disk is full",
            "could not extend file \"base/1\": No space left on device",
        ] {
            assert!(
                matches!(
                    store_error(reported(kind, away)),
                    StoreError::Unavailable(_)
                ),
                "{away}"
            );
        }
        assert!(matches!(
            store_error(reported(kind, "no such table: x")),
            StoreError::Corrupt(_)
        ));
    }

    #[test]
    fn knows_sqlites_report_of_a_named_constraint() {
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
            CommitError::Store(StoreError::Corrupt(_))
        ));
    }
}
