//! Searching properties over HTTP.

mod params;
mod summary_dto;

pub(super) mod list_amenities;
pub(super) mod search_properties;
pub(super) mod summarise;
pub(super) use params::SearchSortSchema;
