//! Places as JSON.

use serde::Serialize;
use sojourn_application::ports::Place;
use utoipa::ToSchema;

use crate::wire::location::LocationDto;

/// A city with listed properties.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceDto {
    /// City, as most of its hosts write it.
    pub city: String,
    /// Region; null if its hosts name none.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Mean of the displayed locations of its properties, to two decimals.
    pub location: LocationDto,
    /// Number of its listed properties. While more than 5000 are in cities that begin with the prefix, up to 1000.
    #[schema(minimum = 1)]
    pub properties_count: u64,
}

/// Cities that begin with a prefix.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceList {
    /// At most as many as requested, those with the most properties first.
    pub data: Vec<PlaceDto>,
    /// Always null.
    pub next_cursor: Option<String>,
}

impl From<Place> for PlaceDto {
    fn from(place: Place) -> Self {
        Self {
            city: place.city,
            region: place.region,
            country: place.country,
            location: place.centre.into(),
            properties_count: place.properties_count,
        }
    }
}
