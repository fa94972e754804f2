//! Searching properties over HTTP.

mod params;
pub(super) mod search_properties;
