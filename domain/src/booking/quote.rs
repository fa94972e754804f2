//! A price that is good for a while.

use chrono::{DateTime, Utc};

use super::{Price, Rate, RefundPolicy};
use crate::shared::{Guests, PropertyId, Stay};

/// What a stay costs, on which conditions, and until when that is good. Whoever books with a valid quote pays
/// exactly its total.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quote {
    /// The property.
    pub property_id: PropertyId,
    /// The stay.
    pub stay: Stay,
    /// The party.
    pub guests: Guests,
    /// The rate chosen.
    pub rate: Rate,
    /// The price.
    pub price: Price,
    /// What comes back on cancellation.
    pub policy: RefundPolicy,
    /// The last instant at which it can be booked with.
    pub expires_at: DateTime<Utc>,
}

impl Quote {
    /// Whether it was made for just this.
    #[must_use]
    pub fn is_for(&self, property_id: PropertyId, stay: Stay, guests: Guests, rate: Rate) -> bool {
        (self.property_id, self.stay, self.guests, self.rate) == (property_id, stay, guests, rate)
    }
}
