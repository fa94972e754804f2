//! The side that bears a refund beyond the policy.

use sojourn_domain::shared::{BookingRole, RepositoryError};

use crate::columns::enums::known;

/// The stored word of a side.
pub(crate) fn to_db(party: BookingRole) -> String {
    let word = match party {
        BookingRole::Guest => "guest",
        BookingRole::Host => "host",
        BookingRole::Admin => "admin",
        BookingRole::System => "system",
    };
    word.to_owned()
}

/// The side of a stored word.
pub(crate) fn from_db(
    word: Option<&str>,
    column: &str,
) -> Result<Option<BookingRole>, RepositoryError> {
    match word {
        None => Ok(None),
        Some("host") => Ok(Some(BookingRole::Host)),
        Some("admin") => Ok(Some(BookingRole::Admin)),
        Some(_) => known(None, column),
    }
}
