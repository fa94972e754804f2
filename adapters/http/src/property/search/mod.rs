//! Searching properties over HTTP.

mod list_dto;
mod params;
mod summary_dto;
mod view;

pub(super) mod list_amenities;
pub(super) mod search_properties;
pub(super) mod summarise;
pub(super) use list_dto::CardDto;
pub(super) use params::SearchSortSchema;
pub(super) use view::SearchView;
