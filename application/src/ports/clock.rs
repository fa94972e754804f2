//! Time and randomness.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The current time. No other code reads the system clock.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Clock: Send + Sync {
    /// The current instant, truncated to whole microseconds as in the databases.
    fn now(&self) -> DateTime<Utc>;
}

/// Generates ids and secrets.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Ids: Send + Sync {
    /// A version 7 UUID.
    fn uuid(&self) -> Uuid;

    /// A secret of 256 random bits as 43 characters of URL-safe base64.
    fn secret(&self) -> String;

    /// A code of the given length from unambiguous characters (digits and capitals without 0, 1, I,
    /// L, O, U).
    fn code(&self, length: usize) -> String;
}
