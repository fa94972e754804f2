//! Where properties and their calendars are kept.

use async_trait::async_trait;
use chrono::NaiveDate;

use super::{Calendar, NightRules, Property};
use crate::shared::{AuditEntry, CommitError, PropertyId, StoreError};

/// A decision about a property, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyChange {
    /// The property as it is to be. Version 1 is inserted; a later version replaces the one before it.
    pub property: Property,
    /// What is written down about it.
    pub audit: Option<AuditEntry>,
}

impl PropertyChange {
    /// A change about which nothing is written down.
    #[must_use]
    pub const fn of(property: Property) -> Self {
        Self {
            property,
            audit: None,
        }
    }
}

/// A host's change of a stretch of the calendar, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarChange {
    /// Nights that the host blocks: [`CommitError::NightsTaken`] when a booking, hold, preparation or import
    /// holds one; one that is blocked already stays so.
    pub block: Vec<NaiveDate>,
    /// Nights whose host blocks are lifted. Other claims stay.
    pub unblock: Vec<NaiveDate>,
    /// Whether blocks that a host's cancellation left are lifted too: an operator alone may.
    pub lift: bool,
    /// What the rules of dates become; empty rules are removed.
    pub rules: Vec<(NaiveDate, NightRules)>,
}

/// Where properties and their calendars are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PropertyRepository: Send + Sync {
    /// The property with this id.
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, StoreError>;

    /// The properties with these ids, in no order; unknown ids are passed over. One statement.
    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, StoreError>;

    /// Stores the change: [`CommitError::Stale`] when the version before it is not the stored one.
    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError>;

    /// Removes a property that never had a booking: [`CommitError::Stale`] when its version is another,
    /// [`CommitError::Exists`] when a booking names it.
    async fn delete(&self, id: PropertyId, version: i64) -> Result<(), CommitError>;

    /// Its rules and claims for `from ≤ date < to`.
    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, StoreError>;

    /// Stores a host's change of the calendar.
    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CommitError>;
}
