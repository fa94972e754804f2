//! Summaries of searches.

use async_graphql::{Context, Object, SimpleObject};
use sojourn_application::ports::CacheTag;
use sojourn_application::property::{self, Cluster, PriceHistogram};
use sojourn_domain::shared::Violations;

use crate::context::{ApiResult, CallExt};
use crate::inputs::PropertySearchInput;
use crate::scalars::{Id, MinorUnits, Money, PropertyType, RoomType};

/// The largest zoom of web maps.
const MOST_ZOOM: u32 = 22;

/// Complexity of a summary, which reads up to 1,000 properties.
const COMPLEXITY: usize = 100;

/// Summary of a search.
#[derive(SimpleObject)]
pub(crate) struct SearchSummary {
    /// Number of results, up to 1000.
    count: u64,
    /// True if there may be more; the numbers of the summary are then those of the most relevant 1000 properties, and
    /// with dates of those among them that can be booked. With more than four flexible days it is fewer properties, 344
    /// with fourteen.
    at_least: bool,
    /// Results by price of a night; null without prices.
    price_histogram: Option<Histogram>,
    /// Results by kind of building, the most frequent first.
    property_types: Vec<PropertyTypeCount>,
    /// Results by kind of accommodation, the most frequent first.
    room_types: Vec<RoomTypeCount>,
    /// The 30 most frequent amenities.
    amenities: Vec<AmenityCount>,
    /// Results by number of bedrooms, ascending.
    bedrooms: Vec<BedroomCount>,
    /// Number of results that are booked instantly.
    instant: u64,
    /// Results on the map; empty without a box and a zoom.
    clusters: Vec<SearchCluster>,
}

/// Results by price of a night.
#[derive(SimpleObject)]
#[graphql(name = "PriceHistogram")]
pub(crate) struct Histogram {
    /// ISO 4217 code of the most frequent currency; prices in others are not counted.
    currency: &'static str,
    /// Ranges of prices, ascending and without gaps.
    buckets: Vec<PriceRangeCount>,
}

/// A range of prices.
#[derive(SimpleObject)]
pub(crate) struct PriceRangeCount {
    /// Lowest price.
    from: MinorUnits,
    /// Price above the highest one.
    to: MinorUnits,
    /// Number of results.
    count: u64,
}

/// Results of a kind of building.
#[derive(SimpleObject)]
pub(crate) struct PropertyTypeCount {
    /// The kind.
    value: PropertyType,
    /// Number of results.
    count: u64,
}

/// Results of a kind of accommodation.
#[derive(SimpleObject)]
pub(crate) struct RoomTypeCount {
    /// The kind.
    value: RoomType,
    /// Number of results.
    count: u64,
}

/// Results with an amenity.
#[derive(SimpleObject)]
pub(crate) struct AmenityCount {
    /// The amenity.
    value: String,
    /// Number of results.
    count: u64,
}

/// Results with a number of bedrooms.
#[derive(SimpleObject)]
pub(crate) struct BedroomCount {
    /// Number of bedrooms.
    value: u32,
    /// Number of results.
    count: u64,
}

/// Results that are near one another on the map.
#[derive(SimpleObject)]
pub(crate) struct SearchCluster {
    /// Latitude of the mean of their displayed locations.
    latitude: f64,
    /// Longitude of the mean of their displayed locations.
    longitude: f64,
    /// Number of results.
    count: u64,
    /// Lowest price of a night; null without prices, and with several currencies.
    price_from: Option<Money>,
    /// Id of the property of a single result; null for several.
    property_id: Option<Id>,
}

impl From<&PriceHistogram> for Histogram {
    fn from(histogram: &PriceHistogram) -> Self {
        let buckets = histogram.buckets.iter();
        Self {
            currency: histogram.currency.code(),
            buckets: buckets
                .map(|&(from, to, count)| PriceRangeCount {
                    from: MinorUnits(from),
                    to: MinorUnits(to),
                    count,
                })
                .collect(),
        }
    }
}

impl From<&Cluster> for SearchCluster {
    fn from(cluster: &Cluster) -> Self {
        Self {
            latitude: cluster.location.latitude,
            longitude: cluster.location.longitude,
            count: cluster.count,
            price_from: cluster.price_from.map(Into::into),
            property_id: cluster.property_id.map(Into::into),
        }
    }
}

impl From<property::SearchSummary> for SearchSummary {
    fn from(summary: property::SearchSummary) -> Self {
        let kinds = summary.property_type.into_iter();
        let rooms = summary.room_type.into_iter();
        Self {
            count: summary.count,
            at_least: summary.at_least,
            price_histogram: summary.price_histogram.as_ref().map(Into::into),
            property_types: kinds
                .map(|(kind, count)| PropertyTypeCount {
                    value: kind.into(),
                    count,
                })
                .collect(),
            room_types: rooms
                .map(|(kind, count)| RoomTypeCount {
                    value: kind.into(),
                    count,
                })
                .collect(),
            amenities: summary
                .amenities
                .into_iter()
                .map(|(value, count)| AmenityCount { value, count })
                .collect(),
            bedrooms: summary
                .bedrooms
                .into_iter()
                .map(|(value, count)| BedroomCount { value, count })
                .collect(),
            instant: summary.instant,
            clusters: summary.clusters.iter().map(Into::into).collect(),
        }
    }
}

#[derive(Default)]
pub(crate) struct SummaryQueries;

#[Object]
impl SummaryQueries {
    /// Number, prices, facets and map clusters of what a search finds. It counts listed properties and, with dates,
    /// those that can be booked, as the search finds them. Of a city, country or area with more than 10,000 properties,
    /// it looks at the 3,000 most relevant ones alone.
    #[graphql(complexity = "COMPLEXITY + child_complexity")]
    async fn search_summary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Criteria of the search.", default)] search: PropertySearchInput,
        #[graphql(desc = "Zoom of the web map that shows the box, 0 to 22, for clusters.")]
        zoom: Option<u32>,
    ) -> ApiResult<SearchSummary> {
        let call = ctx.call();
        let mut found = Violations::new();
        let in_range = zoom.is_none_or(|zoom| zoom <= MOST_ZOOM);
        found.require(in_range, "/zoom", "out_of_range", "must be from 0 to 22");
        let is_public = !search.is_own();
        let detail = "excludes a summary, which counts listed properties: use hostId";
        found.require(is_public, "/search/own", "contradiction", detail);
        found.into_result(())?;
        let request = search.parse(None, None)?;
        call.dependencies.add(CacheTag::Search);
        let summary = property::summarise(&call.ports, request, zoom).await?;
        Ok(summary.into())
    }
}
