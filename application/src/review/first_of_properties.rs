//! Reading the first reviews of several properties.

use std::collections::HashMap;
use std::sync::Arc;

use sojourn_domain::shared::{Actor, Page, PropertyId, RepositoryError};

use super::views::ReviewView;
use crate::ports::Ports;

/// The first pages of the published reviews of properties that the caller may see, newest first, by property. Those
/// without reviews are left out.
///
/// # Errors
/// [`RepositoryError`].
pub async fn first_of_properties(
    ports: &Ports,
    actor: Option<&Actor>,
    properties: Vec<PropertyId>,
    limit: u32,
) -> Result<HashMap<PropertyId, Page<Arc<ReviewView>>>, RepositoryError> {
    let queries = &ports.review_queries;
    let pages = queries.first_of_properties(properties, limit).await?;
    let view = |review| Arc::new(ReviewView::new(&review, actor));
    let pages = pages.into_iter().map(|(id, page)| (id, page.map(view)));
    Ok(pages.collect())
}
