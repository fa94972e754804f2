//! Queries of properties.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::property::{
    Calendar, Location, Property, PropertyStatus, PropertyType, RoomType,
};
use sojourn_domain::shared::{
    Currency, Money, Page, PageRequest, PropertyId, RepositoryError, Stay, UserId,
};

/// Sort order of search results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchSort {
    /// By number of ratings, then mean rating, descending.
    #[default]
    Relevance,
    /// By price per night, ascending: the mean of the stay after discounts, before fees and taxes, or
    /// without a stay the nightly price.
    Price,
    /// By the same price, descending.
    PriceDescending,
    /// By mean rating, descending.
    Rating,
    /// By distance, ascending; requires `near`.
    Distance,
}

/// Search criteria.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PropertySearch {
    /// City, without regard to case, accents and composition.
    pub city: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Words in the title, description or city, likewise.
    pub text: Option<String>,
    /// A point and a radius in kilometres around it. Searches compare the displayed location of a
    /// property, not the exact one.
    pub near: Option<(Location, f64)>,
    /// South-west and north-east corners; a western longitude above the eastern one crosses the
    /// antimeridian.
    pub within: Option<(Location, Location)>,
    /// Dates that must be free, including the preparation nights after them.
    pub stay: Option<Stay>,
    /// Days by which the stay may begin earlier or later; 0 for these dates alone.
    pub flexible_days: u32,
    /// Number of adults and children.
    pub guests: Option<u32>,
    /// Minimum mean price of a night of the stay after discounts, before fees and taxes, or without a stay
    /// minimum nightly price, in minor units.
    pub price_min: Option<i64>,
    /// Maximum price of a night, likewise.
    pub price_max: Option<i64>,
    /// The currency of both prices.
    pub currency: Option<Currency>,
    /// Kind of building.
    pub property_type: Option<PropertyType>,
    /// Kind of room.
    pub room_type: Option<RoomType>,
    /// Required amenities.
    pub amenities: Vec<String>,
    /// Minimum number of bedrooms.
    pub bedrooms_min: Option<u32>,
    /// Instant booking on or off.
    pub instant: Option<bool>,
    /// Minimum mean rating, in hundredths.
    pub rating_min: Option<i64>,
    /// The host, for a host's own list; includes all statuses.
    pub host: Option<UserId>,
    /// Sort order.
    pub sort: SearchSort,
    /// Only among so many of the most relevant properties, of the city and country if these are given; the order is
    /// that of relevance then. Absent for all.
    pub reach: Option<u32>,
    /// Time of the search (UTC), on which early-bird and last-minute discounts depend; set when it
    /// runs.
    pub at: DateTime<Utc>,
}

impl PropertySearch {
    /// The stays that are looked for, those that begin before the search in every time zone left out.
    pub fn stays(&self) -> impl Iterator<Item = Stay> {
        let today = self.at.date_naive();
        let earliest = today.pred_opt().unwrap_or(today);
        let stays = self.stay.into_iter();
        let stays = stays.flat_map(|stay| stay.near(self.flexible_days));
        stays.filter(move |stay| stay.check_in() >= earliest)
    }
}

/// A matching property.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The property.
    pub property: Property,
    /// Its calendar over the requested stays and the preparation after them; absent without any.
    pub calendar: Option<Calendar>,
    /// Its cursor position, as used in a page's `next`.
    pub position: String,
}

/// A city with listed properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// City, as most of its hosts write it.
    pub city: String,
    /// Region, if its hosts name one.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Mean of the displayed locations of its properties, rounded like them.
    pub centre: Location,
    /// Number of its listed properties; up to some number, if very many are found.
    pub properties_count: u64,
}

/// A property that a search finds, with what a summary counts.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// Id of the property.
    pub id: PropertyId,
    /// Kind of building.
    pub property_type: PropertyType,
    /// Kind of room.
    pub room_type: RoomType,
    /// Number of bedrooms.
    pub bedrooms: u32,
    /// True if it is booked instantly.
    pub instant: bool,
    /// Price of a night: the mean of the stay after discounts, before fees and taxes, or without a stay the nightly
    /// price.
    pub price: Option<Money>,
    /// The displayed location.
    pub location: Option<Location>,
}

/// Some of the properties that a search finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SummaryRows {
    /// The properties, the most relevant first.
    pub rows: Vec<SummaryRow>,
    /// Their amenities, each with the number of properties that have it.
    pub amenities: Vec<(String, u64)>,
}

/// Filter for properties in any status, for operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PropertyFilter {
    /// In this status.
    pub status: Option<PropertyStatus>,
    /// Of this host.
    pub host: Option<UserId>,
}

/// Queries of properties.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PropertyQueries: Send + Sync {
    /// Listed properties that match; with a stay, those whose nights are free and whose limits allow it. With flexible
    /// dates that is true of at least one start, and the order by price is that of the nightly price.
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, RepositoryError>;

    /// The number of the most relevant properties that a summary may look at; absent if few enough are in the city,
    /// country or area.
    async fn reach(&self, search: PropertySearch) -> Result<Option<u32>, RepositoryError>;

    /// The first properties of a search without a stay by relevance, at most so many, with what a summary counts. Two
    /// statements.
    async fn summary_rows(
        &self,
        search: PropertySearch,
        limit: u32,
    ) -> Result<SummaryRows, RepositoryError>;

    /// True if the properties that a search finds, whatever their prices, are priced in more than one
    /// currency.
    async fn has_mixed_currencies(&self, search: PropertySearch) -> Result<bool, RepositoryError>;

    /// Up to `limit` cities of listed properties that begin with a prefix, without regard to case, accents and
    /// composition, those with the most properties first.
    async fn places(&self, prefix: String, limit: u32) -> Result<Vec<Place>, RepositoryError>;

    /// Properties in any status, newest first.
    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, RepositoryError>;

    /// The calendars of these properties for `from ≤ date < to`, in two statements.
    async fn calendars(
        &self,
        ids: Vec<PropertyId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<HashMap<PropertyId, Calendar>, RepositoryError>;

    /// Number of a user's listed properties; a user with at least one is a host.
    async fn count_listed(&self, host: UserId) -> Result<u64, RepositoryError>;

    /// Number of a user's properties that are neither listed nor deleted.
    async fn count_unlisted(&self, host: UserId) -> Result<u64, RepositoryError>;
}
