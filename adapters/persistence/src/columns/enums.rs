//! Words of closed lists.

use sojourn_domain::shared::RepositoryError;

/// The value that a word of a column stands for.
///
/// # Errors
/// [`RepositoryError::Internal`] when the word is not in the list.
pub(crate) fn known<T>(value: Option<T>, column: &str) -> Result<T, RepositoryError> {
    value.ok_or_else(|| RepositoryError::Internal(format!("{column} holds an unknown value")))
}
