//! JSON columns, as text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sojourn_domain::shared::RepositoryError;

use crate::engine::errors::corrupt;

/// A value for a JSON column.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, RepositoryError> {
    serde_json::to_string(value).map_err(corrupt)
}

/// A value from a JSON column.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, RepositoryError> {
    serde_json::from_str(text).map_err(corrupt)
}
