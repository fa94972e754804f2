//! Reading the ratings of properties in detail.

use std::collections::HashMap;

use sojourn_domain::shared::{PropertyId, RepositoryError};

use crate::ports::{Ports, RatingDetails};

/// The ratings of properties that the caller may see, by category and by number of stars; those without reviews are
/// left out. One statement.
///
/// # Errors
/// [`RepositoryError`].
pub async fn rating_details(
    ports: &Ports,
    properties: Vec<PropertyId>,
) -> Result<HashMap<PropertyId, RatingDetails>, RepositoryError> {
    if properties.is_empty() {
        return Ok(HashMap::new());
    }
    ports.review_queries.rating_details(properties).await
}
