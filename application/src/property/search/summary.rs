//! Summaries of searches: what is shown around the list of results.

use std::collections::{BTreeMap, BTreeSet};

use sojourn_domain::property::{BookingMode, Location, PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Money, PropertyId};

use super::hit_filter::{Accepted, HitFilter, MOST_COUNTED, SearchResult};
use super::request::{SearchError, SearchRequest, prepare};
use crate::ports::{Ports, SummaryRow, SummaryRows};

/// Number of ranges of a histogram of prices.
const BUCKETS: i64 = 20;

/// The most amenities of a summary.
const MOST_AMENITIES: usize = 30;

/// Sides of a cluster in a side of a map tile.
const CELLS_PER_TILE: f64 = 4.0;

/// The properties that a search finds, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchSummary {
    /// Number of properties.
    pub count: u64,
    /// True if there are more, so that all numbers are of the most relevant ones.
    pub at_least: bool,
    /// Prices of a night in the most frequent currency; none without prices.
    pub price_histogram: Option<PriceHistogram>,
    /// Kinds of buildings, the most frequent first.
    pub property_type: Vec<(PropertyType, u64)>,
    /// Kinds of rooms, the most frequent first.
    pub room_type: Vec<(RoomType, u64)>,
    /// Amenities, the most frequent first.
    pub amenities: Vec<(String, u64)>,
    /// Numbers of bedrooms, ascending.
    pub bedrooms: Vec<(u32, u64)>,
    /// Number of properties that are booked instantly.
    pub instant: u64,
    /// Groups of properties on a map; none without a box and a zoom.
    pub clusters: Vec<Cluster>,
}

/// Numbers of properties by price of a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceHistogram {
    /// The currency.
    pub currency: Currency,
    /// Ranges of prices in minor units, ascending and without gaps: the first price, the price after the last one, and
    /// the number of properties.
    pub buckets: Vec<(i64, i64, u64)>,
}

/// A group of properties on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The mean of their displayed locations.
    pub location: Location,
    /// Number of properties.
    pub count: u64,
    /// Lowest price of a night, if all prices have one currency.
    pub price_from: Option<Money>,
    /// The property, if it is alone.
    pub property_id: Option<PropertyId>,
}

/// Summarises a search, at a cost that does not grow beyond [`MOST_COUNTED`] properties, found among the most relevant
/// ones where a city, country or area has many. With a stay, it counts those
/// that can be booked for it, as the search finds them. `zoom` is that of a web map.
///
/// # Errors
/// [`SearchError`].
pub async fn summarise(
    ports: &Ports,
    request: SearchRequest,
    zoom: Option<u32>,
) -> Result<SearchSummary, SearchError> {
    let (mut search, guests) = prepare(ports, request).await?;
    search.reach = ports.property_queries.reach(search.clone()).await?;
    let bounded = search.reach.is_some();
    let zoom = zoom.filter(|_| search.within.is_some());
    if let Some(stay) = search.stay {
        let filter = HitFilter::new(ports, None, &search, guests);
        let (accepted, at_least) = filter.accept_all().await?;
        let nights = i128::from(stay.nights());
        let rows: Vec<_> = accepted.iter().map(|it| row_of(it, nights)).collect();
        let amenities = count_amenities(&accepted);
        return Ok(summary_of(&rows, at_least || bounded, amenities, zoom));
    }
    let found = ports
        .property_queries
        .summary_rows(search, MOST_COUNTED + 1)
        .await?;
    let SummaryRows {
        mut rows,
        amenities,
    } = found;
    let at_least = bounded || rows.len() > MOST_COUNTED as usize;
    rows.truncate(MOST_COUNTED as usize);
    Ok(summary_of(&rows, at_least, amenities, zoom))
}

/// A property that can be booked for a stay of so many nights, as it is counted.
fn row_of(accepted: &Accepted, nights: i128) -> SummaryRow {
    let SearchResult {
        property, total, ..
    } = &accepted.result;
    let details = &property.details;
    let price = total.and_then(|total| {
        let of_night = i64::try_from(accepted.nights_total / nights).ok()?;
        Some(Money::new(of_night, total.currency()))
    });
    SummaryRow {
        id: property.id,
        property_type: details.property_type,
        room_type: details.room_type,
        bedrooms: details.bedrooms,
        instant: details.booking_mode == BookingMode::Instant,
        price,
        location: details.location,
    }
}

/// The amenities in lower case, each with the number of properties that have it.
fn count_amenities(accepted: &[Accepted]) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for it in accepted {
        let words = it.result.property.details.amenities.iter();
        let different: BTreeSet<String> = words.map(|word| word.to_lowercase()).collect();
        for word in different {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}

fn summary_of(
    rows: &[SummaryRow],
    at_least: bool,
    mut amenities: Vec<(String, u64)>,
    zoom: Option<u32>,
) -> SearchSummary {
    amenities.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    amenities.truncate(MOST_AMENITIES);
    let count = |some: usize| u64::try_from(some).unwrap_or(u64::MAX);
    let mut bedrooms = BTreeMap::new();
    for row in rows {
        *bedrooms.entry(row.bedrooms).or_default() += 1;
    }
    SearchSummary {
        count: count(rows.len()),
        at_least,
        price_histogram: histogram(rows),
        property_type: by_frequency(PropertyType::ALL, |it| {
            count(rows.iter().filter(|row| row.property_type == it).count())
        }),
        room_type: by_frequency(RoomType::ALL, |it| {
            count(rows.iter().filter(|row| row.room_type == it).count())
        }),
        amenities,
        bedrooms: bedrooms.into_iter().collect(),
        instant: count(rows.iter().filter(|row| row.instant).count()),
        clusters: zoom.map_or_else(Vec::new, |zoom| clusters(rows, zoom)),
    }
}

/// The values that occur, the most frequent first.
fn by_frequency<T: Copy>(all: &[T], count: impl Fn(T) -> u64) -> Vec<(T, u64)> {
    let counted = all.iter().map(|&it| (it, count(it)));
    let mut found: Vec<_> = counted.filter(|(_, count)| *count > 0).collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// The histogram of the currency with the most prices, and of those the first by its code.
fn histogram(rows: &[SummaryRow]) -> Option<PriceHistogram> {
    let mut by_currency: BTreeMap<&str, Vec<Money>> = BTreeMap::new();
    let prices: Vec<Money> = rows.iter().filter_map(|row| row.price).collect();
    for price in &prices {
        let code = price.currency().code();
        by_currency.entry(code).or_default().push(*price);
    }
    let mut most: Option<&Vec<Money>> = None;
    for prices in by_currency.values() {
        if most.is_none_or(|most| prices.len() > most.len()) {
            most = Some(prices);
        }
    }
    let prices = most?;
    let currency = prices.first()?.currency();
    let amounts = || prices.iter().map(|it| it.amount());
    let (first, last) = (amounts().min()?, amounts().max()?);
    let width = ((last - first) / BUCKETS).saturating_add(1);
    let buckets = (0..=(last - first) / width).map(|number| {
        let from = first.saturating_add(number.saturating_mul(width));
        let to = from.saturating_add(width);
        let within = amounts().filter(|it| (from..to).contains(it)).count();
        (from, to, u64::try_from(within).unwrap_or(u64::MAX))
    });
    Some(PriceHistogram {
        currency,
        buckets: buckets.collect(),
    })
}

/// The groups of properties in the cells of a grid, by the rows and columns of these.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number of a cell is far below 2^63"
)]
fn clusters(rows: &[SummaryRow], zoom: u32) -> Vec<Cluster> {
    let side = 360.0 / (f64::from(zoom).exp2() * CELLS_PER_TILE);
    let mut cells: BTreeMap<(i64, i64), Vec<(&SummaryRow, Location)>> = BTreeMap::new();
    for row in rows {
        let Some(place) = row.location else { continue };
        let cell = |degrees: f64| (degrees / side).floor() as i64;
        let key = (cell(place.latitude), cell(place.longitude));
        cells.entry(key).or_default().push((row, place));
    }
    cells.into_values().filter_map(|it| cluster(&it)).collect()
}

fn cluster(rows: &[(&SummaryRow, Location)]) -> Option<Cluster> {
    let (first, _) = rows.first()?;
    let count = u32::try_from(rows.len()).ok()?;
    let mean = |degrees: fn(&Location) -> f64| {
        let sum: f64 = rows.iter().map(|(_, place)| degrees(place)).sum();
        (sum / f64::from(count) * 10_000.0).round() / 10_000.0
    };
    let prices: Vec<Money> = rows.iter().filter_map(|(row, _)| row.price).collect();
    let one_currency = prices
        .windows(2)
        .all(|it| it[0].currency() == it[1].currency());
    let lowest = prices.into_iter().min_by_key(|it| it.amount());
    Some(Cluster {
        location: Location {
            latitude: mean(|it| it.latitude),
            longitude: mean(|it| it.longitude),
        },
        count: count.into(),
        price_from: lowest.filter(|_| one_currency),
        property_id: (count == 1).then_some(first.id),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::usd;

    fn row(id: u128, price: i64, latitude: f64) -> SummaryRow {
        SummaryRow {
            id: PropertyId::new(Uuid::from_u128(id)),
            property_type: PropertyType::Cabin,
            room_type: RoomType::EntirePlace,
            bedrooms: 2,
            instant: id == 1,
            price: Some(usd(price)),
            location: Some(Location {
                latitude,
                longitude: 7.5,
            }),
        }
    }

    #[test]
    fn every_price_is_in_one_range() {
        for prices in [
            vec![5],
            vec![0, 19],
            vec![0, 20],
            vec![100, 250, 9_999],
            vec![7, 7, 7],
        ] {
            let rows: Vec<_> = prices.iter().map(|&it| row(1, it, 47.0)).collect();
            let found = histogram(&rows).unwrap();
            let total: u64 = found.buckets.iter().map(|it| it.2).sum();
            assert_eq!(total, u64::try_from(prices.len()).unwrap(), "{prices:?}");
            assert!(found.buckets.len() <= 21, "{prices:?}");
            assert!(found.buckets.windows(2).all(|it| it[0].1 == it[1].0));
        }
        assert_eq!(histogram(&[]), None);
    }

    #[test]
    fn near_properties_are_one_cluster_until_the_map_is_near_too() {
        let rows = [row(1, 90, 47.01), row(2, 80, 47.02), row(3, 70, 49.0)];
        let found = clusters(&rows, 8);
        let counts: Vec<_> = found.iter().map(|it| (it.count, it.price_from)).collect();
        assert_eq!(counts, [(2, Some(usd(80))), (1, Some(usd(70)))]);
        assert_eq!(found[1].property_id, Some(rows[2].id));
        assert_eq!(found[0].location.latitude, 47.015);
        assert_eq!(clusters(&rows, 20).len(), 3);
        assert_eq!(clusters(&rows, 0).len(), 1);
    }
}
