//! The error of a stored record that is none.

use std::borrow::Cow;
use std::fmt::Display;

use crate::shared::repository::RepositoryError;

/// Reason for which a stored record is refused: its parts contradict each other, or a value is out of
/// its range. It names the value that was given and the rule that it breaks.
///
/// ```
/// use sojourn_domain::property::{Property, Rating};
/// # use chrono::DateTime;
/// # use sojourn_domain::property::PropertyDetails;
/// # use sojourn_domain::shared::{PropertyId, UserId};
/// # use uuid::Uuid;
/// # let (id, host) = (PropertyId::new(Uuid::nil()), UserId::new(Uuid::nil()));
/// # let draft = Property::draft(id, host, PropertyDetails::default(), DateTime::UNIX_EPOCH).unwrap();
/// let mut record = draft.into_record();
/// record.rating = Rating { sum: 9, count: 1 };
/// let error = Property::restore(record).unwrap_err();
/// assert_eq!(error.field(), "rating");
/// assert_eq!(error.to_string(), "rating is 9 in 1 reviews: each review counts 1 to 5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} is {given}: {rule}")]
pub struct InvalidRecord {
    field: &'static str,
    given: String,
    rule: Cow<'static, str>,
}

impl InvalidRecord {
    /// The refusal of a field.
    pub(crate) fn new(
        field: &'static str,
        given: impl Display,
        rule: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field,
            given: given.to_string(),
            rule: rule.into(),
        }
    }

    /// Name of the field of the record.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Value that was given, as text.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    /// Rule that it breaks, with the values that are allowed.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }
}

/// For a caller that has made the record itself.
impl From<InvalidRecord> for RepositoryError {
    fn from(error: InvalidRecord) -> Self {
        Self::Internal(error.to_string())
    }
}

/// Refuses a version below the first stored one.
pub(crate) fn check_version(version: i64) -> Result<(), InvalidRecord> {
    if version < 1 {
        return Err(InvalidRecord::new(
            "version",
            version,
            "the first version is 1",
        ));
    }
    Ok(())
}

/// Refuses a sum of ratings that this many reviews cannot have.
pub(crate) fn check_rating(field: &'static str, sum: i64, count: i64) -> Result<(), InvalidRecord> {
    let possible = count >= 0 && (count..=count.saturating_mul(5)).contains(&sum);
    if possible {
        return Ok(());
    }
    let given = format!("{sum} in {count} reviews");
    Err(InvalidRecord::new(
        field,
        given,
        "each review counts 1 to 5",
    ))
}
