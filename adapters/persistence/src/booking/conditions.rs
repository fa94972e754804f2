//! The column `conditions` of bookings.

use serde::{Deserialize, Serialize};
use sojourn_domain::booking::{BookingConditions, PresentConditions, Price, RefundPolicy};
use sojourn_domain::shared::{Guests, RepositoryError, Stay};

use crate::columns::json::{from_json, to_json};

/// The conditions of a booking, or, for one made before bookings kept them, those that its property
/// had when the column was added.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct StoredConditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed: Option<BookingConditions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<PresentConditions>,
}

/// The column of a booking's conditions.
pub(super) fn to_db(conditions: &BookingConditions) -> Result<String, RepositoryError> {
    to_json(&StoredConditions {
        agreed: Some(conditions.clone()),
        property: None,
    })
}

/// The conditions of a column; derived from the agreed price where the booking kept none.
pub(super) fn from_db(
    text: &str,
    price: &Price,
    stay: Stay,
    guests: Guests,
    policy: RefundPolicy,
) -> Result<BookingConditions, RepositoryError> {
    let stored: StoredConditions = from_json(text)?;
    Ok(stored.agreed.unwrap_or_else(|| {
        let present = stored.property.unwrap_or_default();
        BookingConditions::derive(price, stay, guests, policy, &present)
    }))
}
