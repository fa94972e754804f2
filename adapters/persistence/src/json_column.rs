//! Values that are kept as text: JSON, and the words of closed lists.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sojourn_domain::shared::{Currency, Money, StoreError};

/// A value as JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// A value from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// What was read, unless it is none of what it may be.
pub(crate) fn known<T>(value: Option<T>, column: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(format!("{column} holds an unknown value")))
}

/// An amount from its two columns.
pub(crate) fn money(amount: i64, currency: &str) -> Result<Money, StoreError> {
    let currency =
        Currency::parse(currency).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Money::new(amount, currency))
}

/// A count from its column.
pub(crate) fn count(column: i32) -> Result<u32, StoreError> {
    u32::try_from(column).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// A count for its column.
pub(crate) fn column(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
