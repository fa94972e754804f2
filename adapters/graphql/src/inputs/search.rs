//! Criteria of searches.

use async_graphql::InputObject;
use sojourn_application::input::{self, SearchCriteria};
use sojourn_application::property::SearchRequest;
use sojourn_domain::shared::{Stay, UserId, Violations};

use crate::scalars::{Date, Id, MinorUnits, PropertyType, RoomType, SearchSort};

/// Criteria of a search. Locations are compared as displayed, not exactly.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct PropertySearchInput {
    /// City, without regard to case and accents.
    city: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country: Option<String>,
    /// Words contained in title, description or city, without regard to case and accents.
    q: Option<String>,
    /// Centre of the search.
    near: Option<LocationInput>,
    /// Radius around `near` in kilometres; 25 when absent, at most 1000.
    radius_km: Option<f64>,
    /// Bounding box.
    bbox: Option<BoundingBoxInput>,
    /// Check-in date; with `checkOut`, only properties that can be booked for the stay, with their `total`.
    check_in: Option<Date>,
    /// Check-out date.
    check_out: Option<Date>,
    /// Days by which the stay may begin earlier or later than `checkIn`, 1 to 14, with as many nights. Each property is
    /// found with its cheapest stay, whose `checkIn`, `checkOut` and `total` it has; of equal totals, with the one that
    /// begins nearest to `checkIn`, and then the earlier one. Requires dates. Up to 1000 results are sorted by price,
    /// fewer with more than four days (344 with fourteen).
    flexible_days: Option<u32>,
    /// Number of adults and children, 1 to 50.
    guests: Option<u32>,
    /// Minimum price of a night; with dates, the mean of the stay after discounts, before fees and taxes. Requires
    /// `currency`, unless all results have one.
    price_min: Option<MinorUnits>,
    /// Maximum price of a night, likewise.
    price_max: Option<MinorUnits>,
    /// ISO 4217 code of the currency of prices.
    currency: Option<String>,
    /// Kind of building.
    property_type: Option<PropertyType>,
    /// Kind of accommodation.
    room_type: Option<RoomType>,
    /// Required amenities, at most 30 different ones.
    #[graphql(default)]
    amenities: Vec<String>,
    /// Minimum number of bedrooms.
    bedrooms_min: Option<u32>,
    /// True for instant booking only, false for booking on request only.
    instant: Option<bool>,
    /// Minimum average rating, 0 to 5.
    rating_min: Option<f64>,
    /// Only properties of this host; in any status if the caller is that host.
    host_id: Option<Id>,
    /// True for the caller's own properties only, in any status; excludes `hostId`.
    #[graphql(default)]
    own: bool,
}

/// Geographic coordinates (WGS 84).
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct LocationInput {
    /// Latitude in degrees, positive to the north.
    pub(super) latitude: f64,
    /// Longitude in degrees, positive to the east. In a search, a longitude beyond ±180 wraps.
    pub(super) longitude: f64,
}

/// A box in degrees; with `west` above `east` it crosses the antimeridian. Longitudes beyond ±180 wrap.
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct BoundingBoxInput {
    /// Western longitude.
    west: f64,
    /// Southern latitude.
    south: f64,
    /// Eastern longitude.
    east: f64,
    /// Northern latitude.
    north: f64,
}

impl PropertySearchInput {
    /// True if the result depends on the caller: hosts find their own properties in any status.
    pub(crate) const fn names_a_host(&self) -> bool {
        self.own || self.host_id.is_some()
    }

    /// True if only properties of the caller are looked for.
    pub(crate) const fn is_own(&self) -> bool {
        self.own
    }

    /// The search request of a caller, or all violations.
    pub(crate) fn parse(
        self,
        sort: Option<SearchSort>,
        caller: Option<UserId>,
    ) -> Result<SearchRequest, Violations> {
        let mut found = Violations::new();
        if self.own && self.host_id.is_some() {
            found.add("/search/own", "contradiction", "excludes hostId");
        }
        let criteria = SearchCriteria {
            near: self.near.map(|it| Some([it.latitude, it.longitude])),
            radius_km: self.radius_km,
            bbox: self
                .bbox
                .map(|it| Some([it.west, it.south, it.east, it.north])),
            stay: self.stay(&mut found),
            flexible_days: self.flexible_days,
            guests: self.guests,
            price_min: self.price_min.map(|it| it.0),
            price_max: self.price_max.map(|it| it.0),
            currency: self
                .currency
                .and_then(|code| input::currency(&code, "/currency", &mut found)),
            property_type: self.property_type.map(Into::into),
            room_type: self.room_type.map(Into::into),
            amenities: self.amenities,
            bedrooms_min: self.bedrooms_min,
            instant: self.instant,
            rating_min: self.rating_min,
            host: if self.own {
                caller
            } else {
                self.host_id.map(Into::into)
            },
            sort: sort.map(Into::into),
            city: self.city,
            country: self.country,
            text: self.q,
        };
        criteria.check(found)
    }

    fn stay(&self, found: &mut Violations) -> Option<Stay> {
        match (self.check_in, self.check_out) {
            (Some(first), Some(last)) => input::stay(first.0, last.0, found),
            (Some(_), None) => {
                found.add("/check_out", "required", "is required with checkIn");
                None
            }
            (None, Some(_)) => {
                found.add("/check_in", "required", "is required with checkOut");
                None
            }
            (None, None) => None,
        }
    }
}
