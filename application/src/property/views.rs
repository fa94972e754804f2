//! Properties as their viewers may see them.

use chrono::{DateTime, Utc};
use sojourn_domain::property::{
    Address, Location, Property, PropertyDetails, PropertyStatus, Rating,
};
use sojourn_domain::shared::{Actor, PropertyId, UserId};

/// A property in the caller's level of detail.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyView {
    /// Id of the property.
    pub id: PropertyId,
    /// The host.
    pub host_id: UserId,
    /// Status.
    pub status: PropertyStatus,
    /// Details; unless exact, without the lines of the address, and with a rounded location.
    pub details: PropertyDetails,
    /// True if the caller may see the address and the exact coordinates.
    pub exact: bool,
    /// Rating by guests.
    pub rating: Rating,
    /// Version.
    pub version: i64,
    /// Time of creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    pub updated_at: DateTime<Utc>,
}

impl PropertyView {
    /// The property, with or without its exact address and location.
    #[must_use]
    pub fn new(property: Property, exact: bool) -> Self {
        let record = property.into_record();
        let details = if exact {
            record.details
        } else {
            without_place(record.details)
        };
        Self {
            id: record.id,
            host_id: record.host_id,
            status: record.status,
            details,
            exact,
            rating: record.rating,
            version: record.version,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }

    /// True if its reviews are shown to the caller: to everyone while it is listed, otherwise to those who manage it.
    #[must_use]
    pub fn shows_reviews_to(&self, actor: Option<&Actor>) -> bool {
        let manages = |actor: &Actor| actor.admin || actor.user_id == self.host_id;
        match self.status {
            PropertyStatus::Listed => true,
            PropertyStatus::Deleted => false,
            _ => actor.is_some_and(manages),
        }
    }

    /// The whole property, as its host and operators see it.
    #[must_use]
    pub fn whole(property: Property) -> Self {
        Self::new(property, true)
    }
}

fn without_place(details: PropertyDetails) -> PropertyDetails {
    let address = Address {
        line1: None,
        line2: None,
        ..details.address
    };
    PropertyDetails {
        address,
        location: details.location.map(Location::blurred),
        ..details
    }
}
