//! Repository of properties and their calendars.

#[cfg(feature = "repositories")]
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::property::calendar::{Calendar, CalendarError, NightRules};
use crate::property::property::Property;
use crate::shared::audit::AuditEntry;
use crate::shared::id::PropertyId;
use crate::shared::repository::{CommitError, RepositoryError};

/// A change of a property, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a change has no effect until it is stored"]
pub struct PropertyChange {
    /// The changed property. Version 1 is inserted; a later version replaces its predecessor.
    pub property: Property,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
    /// The most properties of the host that are not listed, a new one among them. Checked when a new
    /// property is stored, for one of its host's at a time.
    pub max_unlisted: Option<u64>,
}

impl PropertyChange {
    /// A change without an audit entry and a limit.
    pub const fn of(property: Property) -> Self {
        Self {
            property,
            audit: None,
            max_unlisted: None,
        }
    }
}

/// The deletion of a property, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct PropertyDeletion {
    /// The property.
    pub id: PropertyId,
    /// Its stored version.
    pub version: i64,
    /// Timestamp of the deletion (UTC).
    pub at: DateTime<Utc>,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
}

/// A host's change of the calendar, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a change has no effect until it is stored"]
pub struct CalendarChange {
    /// Nights to block. Fails with [`CalendarCommitError::NightsTaken`] when a booking, hold, preparation
    /// or import claims one; nights that are blocked already stay blocked.
    pub block: Vec<NaiveDate>,
    /// Nights to unblock: the host's blocks and those of imported calendars are removed. Other
    /// claims are unchanged.
    pub unblock: Vec<NaiveDate>,
    /// True if blocks left by a host's cancellation are lifted too, which only an admin may do.
    pub lift_cancellation_blocks: bool,
    /// New rules by date; empty rules are removed.
    pub rules: Vec<(NaiveDate, NightRules)>,
}

/// Reason for which a property was not deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertyDeletionError {
    /// It was changed concurrently; it must be loaded and changed again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// A booking is held, awaited, confirmed or checked in.
    #[error("the property has bookings")]
    HasBookings,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Reason for which a change of a calendar was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarCommitError {
    /// These nights have other claims.
    #[error("some of the nights are not available")]
    NightsTaken(Vec<NaiveDate>),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// For a use case whose repository returned a calendar that it did not ask for.
impl From<CalendarError> for RepositoryError {
    fn from(error: CalendarError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// Repository of properties and their calendars.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PropertyRepository: Send + Sync {
    /// Returns the property with this id.
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, RepositoryError>;

    /// Returns the properties with these ids in any order, by one query; unknown ids are ignored.
    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, RepositoryError>;

    /// Stores the change. Fails with [`CommitError::Stale`] when the stored version is not the
    /// previous one, or when a new property exceeds the limit of its host, and with
    /// [`RepositoryError::AccountClosed`] when the host of a new one is suspended or erased.
    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError>;

    /// Deletes a property; one that has bookings or reviews is kept for them as
    /// [`Deleted`](crate::property::PropertyStatus::Deleted). Fails with
    /// [`PropertyDeletionError::Stale`] when its version differs.
    async fn delete(&self, deletion: PropertyDeletion) -> Result<(), PropertyDeletionError>;

    /// Returns its rules and claims for `from ≤ date < to`.
    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, RepositoryError>;

    /// Stores a host's change of the calendar.
    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CalendarCommitError>;
}
