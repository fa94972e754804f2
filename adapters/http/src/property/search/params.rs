//! Parameters of the property search.

use serde::Deserialize;
use sojourn_application::input::SearchCriteria;
use sojourn_application::ports::SearchSort;
use sojourn_application::property::SearchRequest;
use sojourn_domain::property::{PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Stay, UserId, Violations};
use utoipa::{IntoParams, ToSchema};

use crate::wire::accepted::parse_enum;
use crate::wire::enums::{PropertyTypeSchema, RoomTypeSchema};
use crate::wire::money::CurrencySchema;
use crate::wire::stay::stay;

/// Parameter that names a host: the only filter whose result depends on the caller.
pub const HOST: &str = "host_id";

/// The host that is the caller.
pub const ME: &str = "me";

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
    #[param(value_type = Option<Vec<f64>>, style = Form, explode = false, min_items = 2, max_items = 2)]
    near: Option<String>,
    /// Radius around `near` in kilometres; 25 when absent.
    #[param(exclusive_minimum = 0, maximum = 1000)]
    radius_km: Option<f64>,
    /// Bounding box: `west,south,east,north` in degrees; with west above east it crosses the antimeridian.
    /// Longitudes beyond ±180 wrap, as map libraries send them.
    #[param(value_type = Option<Vec<f64>>, style = Form, explode = false, min_items = 4, max_items = 4)]
    bbox: Option<String>,
    /// Check-in date; with `check_out`, only properties that can be booked for the stay, with their `total`.
    #[param(format = Date)]
    check_in: Option<String>,
    /// Check-out date.
    #[param(format = Date)]
    check_out: Option<String>,
    /// Days by which the stay may begin earlier or later than `check_in`, with as many nights. Each property is found
    /// with its cheapest stay, whose `check_in`, `check_out` and `total` it has; of equal totals, with the one that
    /// begins nearest to `check_in`, and then the earlier one. Requires dates.
    #[param(minimum = 1, maximum = 14)]
    flexible_days: Option<u32>,
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
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, min_items = 1, max_items = 30)]
    amenities: Option<String>,
    /// Minimum number of bedrooms.
    #[param(minimum = 0, maximum = 50)]
    bedrooms_min: Option<u32>,
    /// True for instant booking only, false for booking on request only.
    instant: Option<bool>,
    /// Minimum average rating.
    #[param(minimum = 0, maximum = 5)]
    rating_min: Option<f64>,
    /// Only properties of this host, by id or `me` for the caller (401 without a token); in any status if the caller is
    /// that host.
    #[param(
        example = "01980f4e-7a31-7c52-9b44-0d5c7f1a2b3c",
        pattern = "^(me|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"
    )]
    host_id: Option<String>,
    /// Sort order: `relevance`, `price`, `-price` (both require `currency`, unless all results have one),
    /// `rating`, or `distance` (requires `near`). With `flexible_days`, up to 1000 results are sorted by
    /// price, fewer with more than four days (344 with fourteen).
    #[param(value_type = Option<SearchSortSchema>)]
    sort: Option<String>,
}

/// Sort order of a search.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PropertySort)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum SearchSortSchema {
    /// Best match first.
    Relevance,
    /// Lowest price first.
    Price,
    /// Highest price first.
    #[serde(rename = "-price")]
    PriceDescending,
    /// Highest rating first.
    Rating,
    /// Nearest first.
    Distance,
}

impl SearchParams {
    /// The search request, or all violations. The host `me` is the caller.
    pub fn parse(self, caller: Option<UserId>) -> Result<SearchRequest, Violations> {
        let mut found = Violations::new();
        let criteria = self.read(caller, &mut found);
        criteria.check(found)
    }

    fn read(self, caller: Option<UserId>, found: &mut Violations) -> SearchCriteria {
        SearchCriteria {
            near: self.near.as_deref().map(numbers),
            radius_km: self.radius_km,
            bbox: self.bbox.as_deref().map(numbers),
            stay: self.stay(found),
            flexible_days: self.flexible_days,
            guests: self.guests,
            price_min: self.price_min,
            price_max: self.price_max,
            currency: self.currency(found),
            property_type: self.property_type.and_then(|text| {
                parse_enum(found, "/property_type", &text, |text| {
                    text.parse::<PropertyType>().ok()
                })
            }),
            room_type: self.room_type.and_then(|text| {
                parse_enum(found, "/room_type", &text, |text| {
                    text.parse::<RoomType>().ok()
                })
            }),
            amenities: self
                .amenities
                .iter()
                .flat_map(|text| text.split(',').map(ToOwned::to_owned))
                .collect(),
            bedrooms_min: self.bedrooms_min,
            instant: self.instant,
            rating_min: self.rating_min,
            host: self.host_id.and_then(|text| {
                parse_enum(found, "/host_id", &text, |text| match text {
                    ME => caller,
                    id => id.parse().ok(),
                })
            }),
            sort: self
                .sort
                .and_then(|text| parse_enum(found, "/sort", &text, sort)),
            city: self.city,
            country: self.country,
            text: self.q,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_many_as_expected() {
        assert_eq!(numbers("1, -2.5"), Some([1.0, -2.5]));
        for text in ["1", "1,2,3", "1,x", ""] {
            assert_eq!(numbers::<2>(text), None, "{text}");
        }
    }
}
