//! The property and its moves: draft → listed ⇄ unlisted, and suspended by an operator.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::{PropertyDetails, PropertyStatus};
use crate::shared::{Actor, PropertyId, UserId, Violations};

/// The sum and count of published ratings. The mean is derived, so it is always exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rating {
    /// Sum of the overall ratings.
    pub sum: i64,
    /// How many.
    pub count: i64,
}

impl Rating {
    /// Shown from so many reviews on.
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

/// All that is stored of a property, but for its calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyRecord {
    /// Its id.
    pub id: PropertyId,
    /// Whose it is.
    pub host_id: UserId,
    /// Whether it can be found.
    pub status: PropertyStatus,
    /// What the host tells.
    pub details: PropertyDetails,
    /// What guests think.
    pub rating: Rating,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// A bookable place. Its record can be read by everyone and changed only by its own moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Property(PropertyRecord);

/// Why a property cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertyMoveError {
    /// The asker may see it, but it is not theirs.
    #[error("not the asker's to do")]
    NotHost,
    /// Not from where it is.
    #[error("a property that is {0} cannot do this")]
    WrongState(PropertyStatus),
    /// These fields are wrong or missing.
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
    /// A new draft of the host's.
    ///
    /// # Errors
    /// What is wrong with the details.
    pub fn draft(
        id: PropertyId,
        host_id: UserId,
        details: PropertyDetails,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        details.violations().or(())?;
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

    /// The property as it was stored.
    #[must_use]
    pub const fn restore(record: PropertyRecord) -> Self {
        Self(record)
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> PropertyRecord {
        self.0
    }

    /// Whether this asker may know that it exists: everybody for a listed one, host and operators always.
    #[must_use]
    pub fn visible_to(&self, actor: Option<&Actor>) -> bool {
        self.0.status == PropertyStatus::Listed || actor.is_some_and(|actor| self.managed_by(actor))
    }

    /// Whether this actor may edit it: its host, or an operator.
    #[must_use]
    pub fn managed_by(&self, actor: &Actor) -> bool {
        actor.admin || actor.user_id == self.0.host_id
    }

    /// Its host edits it. A listed property must stay complete.
    ///
    /// # Errors
    /// [`PropertyMoveError`].
    pub fn edit(
        mut self,
        actor: &Actor,
        details: PropertyDetails,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyMoveError> {
        self.require_manager(actor)?;
        let found = if self.0.status == PropertyStatus::Listed {
            details.missing()
        } else {
            details.violations()
        };
        found.or(()).map_err(PropertyMoveError::Invalid)?;
        self.0.details = details;
        Ok(self.next(now))
    }

    /// Its host puts it up.
    ///
    /// # Errors
    /// [`PropertyMoveError`]: with everything that is missing.
    pub fn publish(
        mut self,
        actor: &Actor,
        host_verified: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyMoveError> {
        self.require_manager(actor)?;
        if !matches!(
            self.0.status,
            PropertyStatus::Draft | PropertyStatus::Unlisted
        ) {
            return Err(PropertyMoveError::WrongState(self.0.status));
        }
        let mut found = self.0.details.missing();
        found.require(
            host_verified,
            "/host_id",
            "unverified",
            "the host's e-mail address must be verified",
        );
        found.or(()).map_err(PropertyMoveError::Invalid)?;
        self.0.status = PropertyStatus::Listed;
        Ok(self.next(now))
    }

    /// Its host takes it off. Bookings stay.
    ///
    /// # Errors
    /// [`PropertyMoveError`].
    pub fn unpublish(
        mut self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyMoveError> {
        self.require_manager(actor)?;
        if self.0.status != PropertyStatus::Listed {
            return Err(PropertyMoveError::WrongState(self.0.status));
        }
        self.0.status = PropertyStatus::Unlisted;
        Ok(self.next(now))
    }

    /// An operator takes it off, from whatever it is; its host cannot put it up until it is given back.
    ///
    /// # Errors
    /// [`PropertyMoveError`].
    pub fn suspend(self, actor: &Actor, now: DateTime<Utc>) -> Result<Self, PropertyMoveError> {
        if self.0.status == PropertyStatus::Suspended {
            return Err(PropertyMoveError::WrongState(self.0.status));
        }
        self.ruled(actor, PropertyStatus::Suspended, now)
    }

    /// An operator gives it back to its host, unlisted.
    ///
    /// # Errors
    /// [`PropertyMoveError`].
    pub fn reinstate(self, actor: &Actor, now: DateTime<Utc>) -> Result<Self, PropertyMoveError> {
        if self.0.status != PropertyStatus::Suspended {
            return Err(PropertyMoveError::WrongState(self.0.status));
        }
        self.ruled(actor, PropertyStatus::Unlisted, now)
    }

    fn ruled(
        mut self,
        actor: &Actor,
        status: PropertyStatus,
        now: DateTime<Utc>,
    ) -> Result<Self, PropertyMoveError> {
        if !actor.admin {
            return Err(PropertyMoveError::NotHost);
        }
        self.0.status = status;
        Ok(self.next(now))
    }

    fn require_manager(&self, actor: &Actor) -> Result<(), PropertyMoveError> {
        if self.managed_by(actor) {
            Ok(())
        } else {
            Err(PropertyMoveError::NotHost)
        }
    }

    fn next(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}
