//! Amenities.

use async_graphql::SimpleObject;
use sojourn_domain::property;

use crate::scalars::AmenityCategory;

/// An amenity of the catalogue.
#[derive(SimpleObject)]
pub(crate) struct Amenity {
    /// Stable identifier, as in `amenities` of a property and of a search.
    id: &'static str,
    /// English label.
    label: &'static str,
    /// Category.
    category: AmenityCategory,
}

impl From<&property::Amenity> for Amenity {
    fn from(amenity: &property::Amenity) -> Self {
        Self {
            id: amenity.id,
            label: amenity.label,
            category: amenity.category.into(),
        }
    }
}
