//! Criteria of searches.

use chrono::DateTime;
use std::collections::BTreeSet;

use sojourn_domain::property::{Address, Location, PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Guests, Stay, UserId, Violations, is_one_line};

use crate::ports::{PropertySearch, SearchSort};
use crate::property::SearchRequest;

/// Maximum number of different amenities that a search requires.
const MOST_AMENITIES: usize = 30;

/// Maximum length of all amenities, in characters.
const LONGEST_AMENITIES: usize = 1_000;

/// Largest price of a filter: every client represents it exactly.
const MAX_PRICE: i64 = (1 << 53) - 1;

/// The most days by which flexible dates may differ.
const MOST_FLEXIBLE_DAYS: u32 = 14;

const USUAL_RADIUS_KM: f64 = 25.0;
const LARGEST_RADIUS_KM: f64 = 1_000.0;

/// Ten turns around the earth: maps that are scrolled on and on count longitudes up.
const FARTHEST_LONGITUDE: f64 = 3_600.0;

/// Criteria of a search that are read, but not checked.
#[derive(Debug, Clone, Default)]
pub struct SearchCriteria {
    /// City.
    pub city: Option<String>,
    /// Code of the country.
    pub country: Option<String>,
    /// Words in title, description or city.
    pub text: Option<String>,
    /// Latitude and longitude of the centre; `None` inside if it cannot be read.
    pub near: Option<Option<[f64; 2]>>,
    /// Radius around the centre, in kilometres.
    pub radius_km: Option<f64>,
    /// West, south, east and north; `None` inside if they cannot be read.
    pub bbox: Option<Option<[f64; 4]>>,
    /// Dates of the stay.
    pub stay: Option<Stay>,
    /// Days by which the stay may begin earlier or later.
    pub flexible_days: Option<u32>,
    /// Number of adults and children.
    pub guests: Option<u32>,
    /// Minimum price of a night, in minor units.
    pub price_min: Option<i64>,
    /// Maximum price of a night, in minor units.
    pub price_max: Option<i64>,
    /// Currency of the prices.
    pub currency: Option<Currency>,
    /// Kind of building.
    pub property_type: Option<PropertyType>,
    /// Kind of accommodation.
    pub room_type: Option<RoomType>,
    /// Required amenities.
    pub amenities: Vec<String>,
    /// Minimum number of bedrooms.
    pub bedrooms_min: Option<u32>,
    /// Instant booking or booking on request only.
    pub instant: Option<bool>,
    /// Minimum average rating.
    pub rating_min: Option<f64>,
    /// The host.
    pub host: Option<UserId>,
    /// Sort order.
    pub sort: Option<SearchSort>,
}

impl SearchCriteria {
    /// The search request, or all violations, those found before included.
    ///
    /// # Errors
    /// The violations.
    pub fn check(self, mut found: Violations) -> Result<SearchRequest, Violations> {
        self.check_values(&mut found);
        let near = self.near.and_then(|read| centre(&mut found, read));
        let near = near.map(|it| (it, self.radius_km.unwrap_or(USUAL_RADIUS_KM)));
        let lost = self.sort == Some(SearchSort::Distance) && self.near.is_none();
        found.require(!lost, "/sort", "contradiction", "distance requires near");
        let guests = self.guests.and_then(|count| party(&mut found, count));
        let search = PropertySearch {
            near,
            within: self.bbox.and_then(|read| corners(&mut found, read)),
            stay: self.stay,
            flexible_days: self.flexible_days.unwrap_or(0),
            guests: self.guests,
            price_min: self.price_min,
            price_max: self.price_max,
            currency: self.currency,
            property_type: self.property_type,
            room_type: self.room_type,
            amenities: amenities(&mut found, &self.amenities),
            bedrooms_min: self.bedrooms_min,
            instant: self.instant,
            rating_min: self.rating_min.and_then(hundredths),
            host: self.host,
            sort: self.sort.unwrap_or_default(),
            city: self.city,
            country: self.country,
            text: self.text,
            reach: None,
            at: DateTime::UNIX_EPOCH,
        };
        found.into_result(SearchRequest { search, guests })
    }

    fn check_values(&self, found: &mut Violations) {
        self.check_flexible_days(found);
        let texts = [("/city", &self.city, 100), ("/q", &self.text, 200)];
        for (pointer, text, max) in texts {
            if let Some(text) = text {
                found.line(pointer, text, max);
            }
        }
        let is_code = self.country.as_deref().is_none_or(Address::is_country_code);
        let detail = "must be an ISO 3166-1 alpha-2 code in upper case";
        found.require(is_code, "/country", "invalid", detail);
        let prices = [
            ("/price_min", self.price_min),
            ("/price_max", self.price_max),
        ];
        for (pointer, price) in prices {
            let in_range = price.is_none_or(|price| (0..=MAX_PRICE).contains(&price));
            let detail = "must be from 0 to 2^53 - 1";
            found.require(in_range, pointer, "out_of_range", detail);
        }
        let in_range = self.bedrooms_min.is_none_or(|count| count <= 50);
        let detail = "must be from 0 to 50";
        found.require(in_range, "/bedrooms_min", "out_of_range", detail);
        let in_range = |rating| (0.0..=5.0).contains(&rating);
        let in_range = self.rating_min.is_none_or(in_range);
        found.require(
            in_range,
            "/rating_min",
            "out_of_range",
            "must be from 0 to 5",
        );
        let in_range = |km| km > 0.0 && km <= LARGEST_RADIUS_KM;
        let in_range = self.radius_km.is_none_or(in_range);
        let detail = "must be above 0 and at most 1000 kilometres";
        found.require(in_range, "/radius_km", "out_of_range", detail);
    }
}

impl SearchCriteria {
    /// Flexible dates need dates, of which another violation may say that they cannot be read.
    fn check_flexible_days(&self, found: &mut Violations) {
        let Some(days) = self.flexible_days else {
            return;
        };
        let in_range = (1..=MOST_FLEXIBLE_DAYS).contains(&days);
        let detail = "must be from 1 to 14";
        found.require(in_range, "/flexible_days", "out_of_range", detail);
        let dates = ["/check_in", "/check_out"];
        let is_refused = found.iter().any(|it| dates.contains(&it.pointer.as_str()));
        let dated = self.stay.is_some() || is_refused;
        let detail = "is required with flexible_days";
        found.require(dated, "/check_in", "required", detail);
    }
}

/// The different amenities of a list.
fn amenities(found: &mut Violations, words: &[String]) -> Vec<String> {
    let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
    if length > LONGEST_AMENITIES + 1 {
        let detail = format!("must have at most {LONGEST_AMENITIES} characters");
        found.add("/amenities", "too_long", detail);
        return Vec::new();
    }
    if !words.iter().all(|word| is_one_line(word)) {
        let detail = "must be words without control and bidirectional formatting characters";
        found.add("/amenities", "invalid", detail);
    }
    let words = words.iter().map(|word| word.trim());
    let words = words.filter(|word| !word.is_empty());
    let different: BTreeSet<String> = words.map(str::to_lowercase).collect();
    found.count("/amenities", different.len(), MOST_AMENITIES);
    different.into_iter().collect()
}

fn party(found: &mut Violations, count: u32) -> Option<Guests> {
    let guests = Guests::try_new(count, 0, 0, 0).ok();
    let detail = "must be from 1 to 50";
    found.require(guests.is_some(), "/guests", "out_of_range", detail);
    guests
}

fn centre(found: &mut Violations, read: Option<[f64; 2]>) -> Option<Location> {
    let place = read.and_then(|[latitude, longitude]| place(latitude, longitude));
    let detail = "must be latitude,longitude in degrees";
    found.require(place.is_some(), "/near", "invalid", detail);
    place
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

fn corners(found: &mut Violations, read: Option<[f64; 4]>) -> Option<(Location, Location)> {
    let corners = read.and_then(|[west, south, east, north]| {
        let (mut low, mut high) = (place(south, west)?, place(north, east)?);
        if east - west >= 360.0 {
            low.longitude = -180.0;
            high.longitude = 180.0;
        }
        (south <= north).then_some((low, high))
    });
    let detail = "must be west,south,east,north in degrees";
    found.require(corners.is_some(), "/bbox", "invalid", detail);
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
        let split = |text: &str| -> Vec<String> { text.split(',').map(Into::into).collect() };
        let few = amenities(&mut found, &split(" wifi,,Pool,wifi , WIFI,pool"));
        assert_eq!((few, found.is_empty()), (split("pool,wifi"), true));
        let list = |count: u32| -> Vec<String> { (0..count).map(|n| format!("a{n}")).collect() };
        assert_eq!(amenities(&mut found, &list(30)).len(), 30);
        assert!(found.is_empty());
        amenities(&mut found, &list(31));
        assert!(amenities(&mut found, &vec!["a".to_owned(); 501]).is_empty());
        let codes: Vec<_> = found.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["too_many", "too_long"]);
    }

    #[test]
    fn flexible_dates_have_dates_that_can_be_read() {
        let refused = |days, stay: &str, found: Violations| {
            let criteria = SearchCriteria {
                stay: stay.parse().ok(),
                flexible_days: Some(days),
                ..SearchCriteria::default()
            };
            let found = criteria.check(found).err();
            found.map(|it| it.iter().map(|it| it.pointer.clone()).collect::<Vec<_>>())
        };
        let (dates, none) = ("2026-07-01/2026-07-03", Violations::new);
        assert_eq!(refused(1, dates, none()), None);
        assert_eq!(refused(14, dates, none()), None);
        for days in [0, 15] {
            let found = refused(days, dates, none()).unwrap();
            assert_eq!(found, ["/flexible_days"]);
        }
        assert_eq!(refused(2, "", none()).unwrap(), ["/check_in"]);
        let mut unread = Violations::new();
        unread.add("/check_out", "invalid", "must be a date");
        assert_eq!(refused(2, "", unread).unwrap(), ["/check_out"]);
    }

    fn bbox(sides: [f64; 4]) -> Option<[f64; 4]> {
        let (low, high) = corners(&mut Violations::new(), Some(sides))?;
        Some([low.longitude, low.latitude, high.longitude, high.latitude])
    }

    #[test]
    fn longitudes_beyond_the_antimeridian_wrap() {
        let boxes = [
            ([170.0, -20.0, 190.0, 10.0], [170.0, -20.0, -170.0, 10.0]),
            ([-190.0, -20.0, -170.0, 10.0], [170.0, -20.0, -170.0, 10.0]),
            ([530.0, 0.0, 550.0, 1.0], [170.0, 0.0, -170.0, 1.0]),
            ([170.0, -20.0, -170.0, 10.0], [170.0, -20.0, -170.0, 10.0]),
            ([-180.0, -90.0, 180.0, 90.0], [-180.0, -90.0, 180.0, 90.0]),
            ([-270.0, 0.0, 270.0, 1.0], [-180.0, 0.0, 180.0, 1.0]),
            ([10.0, 0.0, 370.0, 1.0], [-180.0, 0.0, 180.0, 1.0]),
            ([370.0, 0.0, 380.0, 1.0], [10.0, 0.0, 20.0, 1.0]),
        ];
        for (sides, wrapped) in boxes {
            assert_eq!(bbox(sides), Some(wrapped), "{sides:?}");
        }
        for sides in [
            [0.0, -91.0, 1.0, 0.0],
            [0.0, 0.0, 1.0, 91.0],
            [0.0, 2.0, 1.0, 1.0],
            [f64::NAN, 0.0, 1.0, 1.0],
            [f64::INFINITY, 0.0, 1.0, 1.0],
            [4000.0, 0.0, 4001.0, 1.0],
        ] {
            assert_eq!(bbox(sides), None, "{sides:?}");
        }
        assert_eq!(corners(&mut Violations::new(), None), None);
    }
}
