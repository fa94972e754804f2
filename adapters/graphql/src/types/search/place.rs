//! Places.

use async_graphql::SimpleObject;
use sojourn_application::ports;

use crate::types::property::Location;

/// A city with listed properties.
#[derive(SimpleObject)]
pub(crate) struct Place {
    /// City, as most of its hosts write it.
    city: String,
    /// Region; null if its hosts name none.
    region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country: Option<String>,
    /// Mean of the displayed locations of its properties, to two decimals.
    location: Location,
    /// Number of its listed properties. While more than 5000 are in cities that begin with the prefix, up to 1000.
    properties_count: u64,
}

impl From<ports::Place> for Place {
    fn from(place: ports::Place) -> Self {
        Self {
            city: place.city,
            region: place.region,
            country: place.country,
            location: place.centre.into(),
            properties_count: place.properties_count,
        }
    }
}
