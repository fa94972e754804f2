//! Searching properties over HTTP.

mod params;

pub(super) mod list_amenities;
pub(super) mod search_properties;
pub(super) use params::SearchSortSchema;
