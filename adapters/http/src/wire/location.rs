//! Coordinates as JSON.

use serde::{Deserialize, Serialize};
use sojourn_domain::property::Location;
use utoipa::ToSchema;

/// Geographic coordinates (WGS 84).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Coordinates)]
pub struct LocationDto {
    /// Latitude in degrees, positive to the north.
    #[schema(minimum = -90, maximum = 90)]
    pub latitude: f64,
    /// Longitude in degrees, positive to the east.
    #[schema(minimum = -180, maximum = 180)]
    pub longitude: f64,
}

impl From<Location> for LocationDto {
    fn from(place: Location) -> Self {
        Self {
            latitude: place.latitude,
            longitude: place.longitude,
        }
    }
}
