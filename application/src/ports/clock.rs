//! Time and chance.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tells the time. Nothing else reads the global clock.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Clock: Send + Sync {
    /// The current instant, in whole microseconds, as the databases keep it.
    fn now(&self) -> DateTime<Utc>;
}

/// Makes ids and secrets.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Ids: Send + Sync {
    /// A version 7 UUID.
    fn uuid(&self) -> Uuid;

    /// A secret of 256 random bits as 43 characters of URL-safe base64.
    fn secret(&self) -> String;

    /// A code of so many unambiguous characters (digits and capitals without 0, 1, I, L, O, U).
    fn code(&self, length: usize) -> String;
}
