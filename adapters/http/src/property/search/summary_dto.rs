//! Summaries of searches as JSON.

use serde::Serialize;
use sojourn_application::property::{Cluster, PriceHistogram, SearchSummary};
use sojourn_domain::shared::PropertyId;
use utoipa::ToSchema;

use crate::wire::enums::{PropertyTypeSchema, RoomTypeSchema};
use crate::wire::location::LocationDto;
use crate::wire::money::{CurrencySchema, MoneyDto};

/// Summary of a search.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchSummary)]
pub struct SummaryDto {
    /// Number of results.
    pub count: CountDto,
    /// Results by price of a night; null without prices.
    pub price_histogram: Option<HistogramDto>,
    /// Results by what further filters choose from.
    pub facets: FacetsDto,
    /// Results on the map; empty without `bbox` and `zoom`.
    pub clusters: Vec<ClusterDto>,
}

/// Number of results.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResultCount)]
pub struct CountDto {
    /// The number, up to 1000.
    pub value: u64,
    /// True if there may be more; the numbers of the summary are then those of the most relevant 1000 properties, and
    /// with dates of those among them that can be booked. With more than four flexible days it is fewer properties, 344
    /// with fourteen.
    pub at_least: bool,
}

/// Results by price of a night.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceHistogram)]
pub struct HistogramDto {
    /// ISO 4217 code of the most frequent currency; prices in others are not counted.
    #[schema(value_type = CurrencySchema)]
    pub currency: &'static str,
    /// Ranges of prices, ascending and without gaps.
    pub buckets: Vec<BucketDto>,
}

/// A range of prices.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceRangeCount)]
pub struct BucketDto {
    /// Lowest price in minor units.
    pub from: i64,
    /// Price above the highest one, in minor units.
    pub to: i64,
    /// Number of results.
    pub count: u64,
}

/// Results by what further filters choose from, the most frequent first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchFacets)]
pub struct FacetsDto {
    /// Kinds of buildings.
    pub property_type: Vec<PropertyTypeCountDto>,
    /// Kinds of accommodation.
    pub room_type: Vec<RoomTypeCountDto>,
    /// The 30 most frequent amenities.
    pub amenities: Vec<AmenityCountDto>,
    /// Numbers of bedrooms, ascending.
    pub bedrooms: Vec<BedroomCountDto>,
    /// Number of results that are booked instantly.
    pub instant: u64,
}

/// Results of a kind of building.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyTypeCount)]
pub struct PropertyTypeCountDto {
    /// The kind.
    #[schema(value_type = PropertyTypeSchema)]
    pub value: &'static str,
    /// Number of results.
    pub count: u64,
}

/// Results of a kind of accommodation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoomTypeCount)]
pub struct RoomTypeCountDto {
    /// The kind.
    #[schema(value_type = RoomTypeSchema)]
    pub value: &'static str,
    /// Number of results.
    pub count: u64,
}

/// Results with an amenity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AmenityCount)]
pub struct AmenityCountDto {
    /// The amenity.
    pub value: String,
    /// Number of results.
    pub count: u64,
}

/// Results with a number of bedrooms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BedroomCount)]
pub struct BedroomCountDto {
    /// Number of bedrooms.
    pub value: u32,
    /// Number of results.
    pub count: u64,
}

/// Results that are near one another on the map.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchCluster)]
pub struct ClusterDto {
    /// Mean of their displayed locations.
    pub location: LocationDto,
    /// Number of results.
    pub count: u64,
    /// Lowest price of a night; null without prices, and with several currencies.
    pub price_from: Option<MoneyDto>,
    /// Id of the property of a single result; null for several.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub property_id: Option<PropertyId>,
}

impl From<&PriceHistogram> for HistogramDto {
    fn from(histogram: &PriceHistogram) -> Self {
        let buckets = histogram.buckets.iter();
        Self {
            currency: histogram.currency.code(),
            buckets: buckets
                .map(|&(from, to, count)| BucketDto { from, to, count })
                .collect(),
        }
    }
}

impl From<&Cluster> for ClusterDto {
    fn from(cluster: &Cluster) -> Self {
        Self {
            location: cluster.location.into(),
            count: cluster.count,
            price_from: cluster.price_from.map(Into::into),
            property_id: cluster.property_id,
        }
    }
}

impl From<SearchSummary> for SummaryDto {
    fn from(summary: SearchSummary) -> Self {
        let kinds = summary.property_type.iter();
        let rooms = summary.room_type.iter();
        let facets = FacetsDto {
            property_type: kinds
                .map(|(kind, count)| PropertyTypeCountDto {
                    value: kind.as_str(),
                    count: *count,
                })
                .collect(),
            room_type: rooms
                .map(|(kind, count)| RoomTypeCountDto {
                    value: kind.as_str(),
                    count: *count,
                })
                .collect(),
            amenities: summary
                .amenities
                .into_iter()
                .map(|(value, count)| AmenityCountDto { value, count })
                .collect(),
            bedrooms: summary
                .bedrooms
                .into_iter()
                .map(|(value, count)| BedroomCountDto { value, count })
                .collect(),
            instant: summary.instant,
        };
        Self {
            count: CountDto {
                value: summary.count,
                at_least: summary.at_least,
            },
            price_histogram: summary.price_histogram.as_ref().map(Into::into),
            facets,
            clusters: summary.clusters.iter().map(Into::into).collect(),
        }
    }
}
