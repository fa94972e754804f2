//! Suggestions for a search.

mod amenity;
mod place;

pub(crate) use amenity::Amenity;
pub(crate) use place::Place;
