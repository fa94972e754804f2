//! Use cases of places: the cities of listed properties.

mod search;

pub use search::{PlaceSearch, PlacesError, search};
