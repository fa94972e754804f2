//! The property and its transitions: draft → listed ⇄ unlisted, and suspended by an admin.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use crate::property::details::PropertyDetails;
use crate::property::enums::PropertyStatus;
use crate::shared::actor::Actor;
use crate::shared::id::{PropertyId, UserId};
use crate::shared::invalid_record::{InvalidRecord, check_rating, check_version};
use crate::shared::violations::Violations;

/// Sum and count of published ratings. The mean is derived and therefore exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Rating {
    /// Sum of the overall ratings.
    pub sum: i64,
    /// Number of ratings.
    pub count: i64,
}

impl Rating {
    /// Minimum number of reviews for the mean to be shown.
    pub const SHOWN_FROM: i64 = 3;

    /// The mean in hundredths, half up; absent below [`Self::SHOWN_FROM`] reviews.
    ///
    /// ```
    /// use sojourn_domain::property::Rating;
    /// assert_eq!(Rating { sum: 14, count: 3 }.hundredths(), Some(467));
    /// assert_eq!(Rating { sum: 10, count: 2 }.hundredths(), None);
    /// ```
    #[must_use]
    pub const fn hundredths(self) -> Option<i64> {
        if self.count < Self::SHOWN_FROM {
            return None;
        }
        Some((200 * self.sum + self.count) / (2 * self.count))
    }
}

/// Everything that is stored of a property except its calendar.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PropertyRecord {
    /// Unique identifier.
    pub id: PropertyId,
    /// The host's account.
    pub host_id: UserId,
    /// Status of the property.
    pub status: PropertyStatus,
    /// The host's description.
    pub details: PropertyDetails,
    /// Rating by guests.
    pub rating: Rating,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// A bookable place. Its record is read-only to callers and changes only through its methods.
///
/// Guarantees: its prices have one currency, and none is negative; a listed property has a time zone and
/// prices; its rating is one that as many reviews can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Property(PropertyRecord);

/// Reason for which a change of a property is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertyTransitionError {
    /// The actor may see the property but not manage it.
    #[error("only the host of the property or an admin may do this")]
    NotHost,
    /// The property's status does not allow it.
    #[error("not possible for a property with the status {0}")]
    WrongState(PropertyStatus),
    /// Fields that are invalid or missing.
    #[error("{0}")]
    Invalid(Violations),
}

impl Deref for Property {
    type Target = PropertyRecord;

    fn deref(&self) -> &PropertyRecord {
        &self.0
    }
}

impl Property {
    /// Creates a draft for the host.
    ///
    /// # Errors
    /// Violations of the details.
    pub fn draft(
        id: PropertyId,
        host_id: UserId,
        details: PropertyDetails,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        details.validate().into_result(())?;
        Ok(Self(PropertyRecord {
            id,
            host_id,
            status: PropertyStatus::Draft,
            details,
            rating: Rating::default(),
            created_at: now,
            updated_at: now,
            version: 1,
        }))
    }

    /// Restores a property from its stored record. Texts and limits of the description are those that
    /// were accepted when it was stored, and are not judged again.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: PropertyRecord) -> Result<Self, InvalidRecord> {
        check_version(record.version)?;
        check_rating("rating", record.rating.sum, record.rating.count)?;
        record.details.check_stored(record.status)?;
        Ok(Self(record))
    }

    /// Returns the record to store.
    #[must_use]
    pub fn into_record(self) -> PropertyRecord {
        self.0
    }

    /// Returns `true` if the actor may know that the property exists: a listed one is public,
    /// others are visible to their host and admins, and a deleted one is hidden.
    #[must_use]
    pub fn visible_to(&self, actor: Option<&Actor>) -> bool {
        self.0.status == PropertyStatus::Listed || actor.is_some_and(|actor| self.managed_by(actor))
    }

    /// Returns `true` if the actor is the host or an admin, who may edit the property unless it is
    /// deleted.
    #[must_use]
    pub fn managed_by(&self, actor: &Actor) -> bool {
        let deleted = self.0.status == PropertyStatus::Deleted;
        !deleted && (actor.admin || actor.user_id == self.0.host_id)
    }

    /// Replaces the details. A listed property must stay complete.
    ///
    /// # Errors
    /// [`PropertyTransitionError`] when the actor or the status does not allow it, or fields are invalid.
    pub fn edit(
        mut self,
        actor: &Actor,
        details: PropertyDetails,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        self.require_manager(actor)?;
        let found = if self.0.status == PropertyStatus::Listed {
            details.validate_for_listing()
        } else {
            details.validate()
        };
        found
            .into_result(())
            .map_err(PropertyTransitionError::Invalid)?;
        self.0.details = details;
        Ok(self.bump_version(now))
    }

    /// Publishes the property.
    ///
    /// # Errors
    /// [`PropertyTransitionError`], with everything that is missing.
    pub fn publish(
        mut self,
        actor: &Actor,
        host_verified: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        self.require_manager(actor)?;
        if !matches!(
            self.0.status,
            PropertyStatus::Draft | PropertyStatus::Unlisted
        ) {
            return Err(PropertyTransitionError::WrongState(self.0.status));
        }
        let mut found = self.0.details.validate_for_listing();
        found.require(
            host_verified,
            "/host_id",
            "unverified",
            "the host's e-mail address must be verified",
        );
        found
            .into_result(())
            .map_err(PropertyTransitionError::Invalid)?;
        self.0.status = PropertyStatus::Listed;
        Ok(self.bump_version(now))
    }

    /// Unlists the property. Existing bookings remain.
    ///
    /// # Errors
    /// [`PropertyTransitionError`] when the actor or the status does not allow it, or fields are invalid.
    pub fn unpublish(
        self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        self.require_manager(actor)?;
        let status = self.0.status;
        self.withdraw(now)
            .ok_or(PropertyTransitionError::WrongState(status))
    }

    /// Unlists the property because its host's account is suspended or erased; `None` if it is not
    /// listed.
    #[must_use]
    pub fn withdraw(mut self, now: DateTime<Utc>) -> Option<Self> {
        if self.0.status != PropertyStatus::Listed {
            return None;
        }
        self.0.status = PropertyStatus::Unlisted;
        Some(self.bump_version(now))
    }

    /// Suspends the property in any status, as an admin. Its host cannot publish it until it is
    /// reinstated.
    ///
    /// # Errors
    /// [`PropertyTransitionError`] when the actor or the status does not allow it, or fields are invalid.
    pub fn suspend(
        self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        if matches!(
            self.0.status,
            PropertyStatus::Suspended | PropertyStatus::Deleted
        ) {
            return Err(PropertyTransitionError::WrongState(self.0.status));
        }
        self.moderate(actor, PropertyStatus::Suspended, now)
    }

    /// Reinstates a suspended property as unlisted, as an admin.
    ///
    /// # Errors
    /// [`PropertyTransitionError`] when the actor or the status does not allow it, or fields are invalid.
    pub fn reinstate(
        self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        if self.0.status != PropertyStatus::Suspended {
            return Err(PropertyTransitionError::WrongState(self.0.status));
        }
        self.moderate(actor, PropertyStatus::Unlisted, now)
    }

    fn moderate(
        mut self,
        actor: &Actor,
        status: PropertyStatus,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyTransitionError> {
        if !actor.admin {
            return Err(PropertyTransitionError::NotHost);
        }
        self.0.status = status;
        Ok(self.bump_version(now))
    }

    fn require_manager(&self, actor: &Actor) -> Result<(), PropertyTransitionError> {
        if self.managed_by(actor) {
            Ok(())
        } else {
            Err(PropertyTransitionError::NotHost)
        }
    }

    fn bump_version(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}
