//! Parameters of the property search.

use std::collections::BTreeSet;

use serde::Deserialize;
use sojourn_application::ports::{PropertySearch, SearchSort};
use sojourn_application::property::SearchRequest;
use sojourn_domain::property::{Address, Location, PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Guests, Stay, Violations, is_one_line};
use utoipa::IntoParams;

use crate::wire::enums::{PropertyTypeSchema, RoomTypeSchema, parse_enum};
use crate::wire::money::CurrencySchema;
use crate::wire::stay::stay;

/// Parameter that names a host: the only filter whose result depends on the caller.
pub const HOST: &str = "host_id";

/// Maximum number of different amenities that a search requires.
const MOST_AMENITIES: usize = 30;

/// Maximum length of their list, in characters.
const LONGEST_AMENITIES: usize = 1_000;

const USUAL_RADIUS_KM: f64 = 25.0;
const LARGEST_RADIUS_KM: f64 = 1_000.0;
/// Ten turns around the earth: maps that are scrolled on and on count longitudes up.
const FARTHEST_LONGITUDE: f64 = 3_600.0;

/// Filters of the property search.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// City, without regard to case and accents.
    #[param(min_length = 1, max_length = 100)]
    city: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    #[param(pattern = "^[A-Z]{2}$")]
    country: Option<String>,
    /// Words contained in title, description or city, without regard to case and accents.
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
    /// Centre of the search: `latitude,longitude` in degrees. A longitude beyond ±180 wraps. Distances are
    /// measured to displayed locations.
    near: Option<String>,
    /// Radius around `near` in kilometres; 25 when absent.
    #[param(exclusive_minimum = 0, maximum = 1000)]
    radius_km: Option<f64>,
    /// Bounding box: `west,south,east,north` in degrees; with west above east it crosses the antimeridian.
    /// Longitudes beyond ±180 wrap, as map libraries send them.
    bbox: Option<String>,
    /// Check-in date; with `check_out`, only properties that can be booked for the stay, with their `total`.
    #[param(format = Date)]
    check_in: Option<String>,
    /// Check-out date.
    #[param(format = Date)]
    check_out: Option<String>,
    /// Number of adults and children.
    #[param(minimum = 1, maximum = 50)]
    guests: Option<u32>,
    /// Minimum price of a night in minor units; with dates, of the mean night of the stay after discounts, before fees
    /// and taxes. Requires `currency`, unless all results have one.
    #[param(minimum = 0)]
    price_min: Option<i64>,
    /// Maximum price of a night in minor units, likewise.
    #[param(minimum = 0)]
    price_max: Option<i64>,
    /// ISO 4217 code of the currency of prices.
    #[param(value_type = Option<CurrencySchema>)]
    currency: Option<String>,
    /// Kind of building.
    #[param(value_type = Option<PropertyTypeSchema>)]
    property_type: Option<String>,
    /// Kind of accommodation.
    #[param(value_type = Option<RoomTypeSchema>)]
    room_type: Option<String>,
    /// Required amenities, separated by commas.
    /// At most 30 different ones.
    #[param(max_length = 1000)]
    amenities: Option<String>,
    /// Minimum number of bedrooms.
    #[param(minimum = 0, maximum = 50)]
    bedrooms_min: Option<u32>,
    /// True for instant booking only, false for booking on request only.
    instant: Option<bool>,
    /// Minimum average rating.
    #[param(minimum = 0, maximum = 5)]
    rating_min: Option<f64>,
    /// Only properties of this host; in any status if the caller is that host.
    #[param(format = "uuid")]
    host_id: Option<String>,
    /// Sort order: `relevance`, `price`, `-price` (both require `currency`, unless all results have one),
    /// `rating`, or `distance` (requires `near`).
    #[param(pattern = "^(relevance|-?price|rating|distance)$")]
    sort: Option<String>,
}

impl SearchParams {
    /// The search request, or all violations.
    pub fn parse(self) -> Result<SearchRequest, Violations> {
        let mut found = Violations::new();
        self.check(&mut found);
        let near = self.near(&mut found);
        let sort = self
            .sort
            .as_deref()
            .and_then(|text| parse_enum(&mut found, "/sort", text, sort));
        let lost = sort == Some(SearchSort::Distance) && self.near.is_none();
        found.require(!lost, "/sort", "contradiction", "distance requires near");
        let guests = self.guests.and_then(|count| party(&mut found, count));
        let search = PropertySearch {
            near,
            within: self
                .bbox
                .as_deref()
                .and_then(|text| corners(&mut found, text)),
            stay: self.stay(&mut found),
            guests: self.guests,
            price_min: self.price_min,
            price_max: self.price_max,
            currency: self.currency(&mut found),
            property_type: self.property_type.and_then(|text| {
                parse_enum(&mut found, "/property_type", &text, |text| {
                    text.parse::<PropertyType>().ok()
                })
            }),
            room_type: self.room_type.and_then(|text| {
                parse_enum(&mut found, "/room_type", &text, |text| {
                    text.parse::<RoomType>().ok()
                })
            }),
            amenities: self
                .amenities
                .as_deref()
                .map(|text| amenities(&mut found, text))
                .unwrap_or_default(),
            bedrooms_min: self.bedrooms_min,
            instant: self.instant,
            rating_min: self.rating_min.and_then(hundredths),
            host: self.host_id.and_then(|text| {
                parse_enum(&mut found, "/host_id", &text, |text| text.parse().ok())
            }),
            sort: sort.unwrap_or_default(),
            city: self.city,
            country: self.country,
            text: self.q,
        };
        found.into_result(SearchRequest { search, guests })
    }

    fn check(&self, found: &mut Violations) {
        let texts = [("/city", &self.city, 100), ("/q", &self.q, 200)];
        for (pointer, text, max) in texts {
            if let Some(text) = text {
                found.line(pointer, text, max);
            }
        }
        let country = self.country.as_deref().is_none_or(Address::is_country_code);
        found.require(
            country,
            "/country",
            "invalid",
            "must be an ISO 3166-1 alpha-2 code in upper case",
        );
        for (pointer, price) in [
            ("/price_min", self.price_min),
            ("/price_max", self.price_max),
        ] {
            found.require(
                price.is_none_or(|price| price >= 0),
                pointer,
                "out_of_range",
                "must be 0 or more",
            );
        }
        let bedrooms = self.bedrooms_min.is_none_or(|count| count <= 50);
        found.require(
            bedrooms,
            "/bedrooms_min",
            "out_of_range",
            "must be from 0 to 50",
        );
        let rating = self
            .rating_min
            .is_none_or(|rating| (0.0..=5.0).contains(&rating));
        found.require(rating, "/rating_min", "out_of_range", "must be from 0 to 5");
        let radius = self
            .radius_km
            .is_none_or(|km| km > 0.0 && km <= LARGEST_RADIUS_KM);
        found.require(
            radius,
            "/radius_km",
            "out_of_range",
            "must be above 0 and at most 1000 kilometres",
        );
    }

    fn near(&self, found: &mut Violations) -> Option<(Location, f64)> {
        let text = self.near.as_deref()?;
        let place = numbers::<2>(text).and_then(|[latitude, longitude]| place(latitude, longitude));
        found.require(
            place.is_some(),
            "/near",
            "invalid",
            "must be latitude,longitude in degrees",
        );
        Some((place?, self.radius_km.unwrap_or(USUAL_RADIUS_KM)))
    }

    fn stay(&self, found: &mut Violations) -> Option<Stay> {
        match (&self.check_in, &self.check_out) {
            (Some(first), Some(last)) => stay(found, first, last),
            (Some(_), None) => {
                found.add("/check_out", "required", "is required with check_in");
                None
            }
            (None, Some(_)) => {
                found.add("/check_in", "required", "is required with check_out");
                None
            }
            (None, None) => None,
        }
    }

    fn currency(&self, found: &mut Violations) -> Option<Currency> {
        parse_enum(found, "/currency", self.currency.as_deref()?, |code| {
            Currency::parse(code).ok()
        })
    }
}

/// The different amenities of a list.
fn amenities(found: &mut Violations, text: &str) -> Vec<String> {
    if !found.length("/amenities", text, LONGEST_AMENITIES) {
        return Vec::new();
    }
    if !is_one_line(text) {
        let detail = "must be words without control and bidirectional formatting characters";
        found.add("/amenities", "invalid", detail);
    }
    let words = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let different: BTreeSet<String> = words.map(str::to_lowercase).collect();
    found.count("/amenities", different.len(), MOST_AMENITIES);
    different.into_iter().collect()
}

fn party(found: &mut Violations, count: u32) -> Option<Guests> {
    let guests = Guests::try_new(count, 0, 0, 0).ok();
    found.require(
        guests.is_some(),
        "/guests",
        "out_of_range",
        "must be from 1 to 50",
    );
    guests
}

fn sort(text: &str) -> Option<SearchSort> {
    match text {
        "relevance" => Some(SearchSort::Relevance),
        "price" => Some(SearchSort::Price),
        "-price" => Some(SearchSort::PriceDescending),
        "rating" => Some(SearchSort::Rating),
        "distance" => Some(SearchSort::Distance),
        _ => None,
    }
}

fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let parts: Option<Vec<f64>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    parts?.try_into().ok()
}

fn place(latitude: f64, longitude: f64) -> Option<Location> {
    let on_earth = (-90.0..=90.0).contains(&latitude) && longitude.abs() <= FARTHEST_LONGITUDE;
    on_earth.then(|| Location {
        latitude,
        longitude: wrapped(longitude),
    })
}

/// A longitude between -180 and 180 degrees for one of any number of turns around the earth.
fn wrapped(longitude: f64) -> f64 {
    if (-180.0..=180.0).contains(&longitude) {
        longitude
    } else {
        (longitude + 180.0).rem_euclid(360.0) - 180.0
    }
}

fn corners(found: &mut Violations, text: &str) -> Option<(Location, Location)> {
    let corners = numbers::<4>(text).and_then(|[west, south, east, north]| {
        let (mut low, mut high) = (place(south, west)?, place(north, east)?);
        if east - west >= 360.0 {
            low.longitude = -180.0;
            high.longitude = 180.0;
        }
        (south <= north).then_some((low, high))
    });
    found.require(
        corners.is_some(),
        "/bbox",
        "invalid",
        "must be west,south,east,north in degrees",
    );
    corners
}

/// An average rating in hundredths, rounded up so that lower ratings are excluded.
fn hundredths(rating: f64) -> Option<i64> {
    (0_i32..=500)
        .find(|&mean| f64::from(mean) >= rating * 100.0 - 1e-9)
        .map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amenities_are_different_and_few() {
        let mut found = Violations::new();
        let few = amenities(&mut found, " wifi,,Pool,wifi , WIFI,pool");
        assert_eq!(
            (few, found.is_empty()),
            (vec!["pool".into(), "wifi".into()], true)
        );
        let list = |count: u32| {
            (0..count)
                .map(|n| format!("a{n}"))
                .collect::<Vec<_>>()
                .join(",")
        };
        assert_eq!(amenities(&mut found, &list(30)).len(), 30);
        assert!(found.is_empty());
        amenities(&mut found, &list(31));
        assert!(amenities(&mut found, &"a,".repeat(501)).is_empty());
        let codes: Vec<_> = found.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["too_many", "too_long"]);
    }

    fn bbox(text: &str) -> Option<[f64; 4]> {
        let (low, high) = corners(&mut Violations::new(), text)?;
        Some([low.longitude, low.latitude, high.longitude, high.latitude])
    }

    #[test]
    fn longitudes_beyond_the_antimeridian_wrap() {
        let boxes = [
            ("170,-20,190,10", [170.0, -20.0, -170.0, 10.0]),
            ("-190,-20,-170,10", [170.0, -20.0, -170.0, 10.0]),
            ("530,0,550,1", [170.0, 0.0, -170.0, 1.0]),
            ("170,-20,-170,10", [170.0, -20.0, -170.0, 10.0]),
            ("-180,-90,180,90", [-180.0, -90.0, 180.0, 90.0]),
            ("-270,0,270,1", [-180.0, 0.0, 180.0, 1.0]),
            ("10,0,370,1", [-180.0, 0.0, 180.0, 1.0]),
            ("370,0,380,1", [10.0, 0.0, 20.0, 1.0]),
        ];
        for (text, wrapped) in boxes {
            assert_eq!(bbox(text), Some(wrapped), "{text}");
        }
        for text in [
            "0,-91,1,0",
            "0,0,1,91",
            "0,2,1,1",
            "NaN,0,1,1",
            "inf,0,1,1",
            "4000,0,4001,1",
            "0,0,1",
        ] {
            assert_eq!(bbox(text), None, "{text}");
        }
    }
}
