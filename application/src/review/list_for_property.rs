//! Listing the reviews of a property.

use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, RepositoryError};

use super::views::ReviewView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, ReviewFilter};

/// Errors of listing a property's reviews.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListForPropertyError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ListForPropertyError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Lists the published reviews of a property, newest first.
///
/// # Errors
/// [`ListForPropertyError`].
pub async fn list_for_property(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
    page: PageRequest,
) -> Result<Page<ReviewView>, ListForPropertyError> {
    let property = ports.properties.get(id).await?;
    property
        .filter(|it| it.visible_to(actor))
        .ok_or(ListForPropertyError::NotFound)?;
    let page = ports
        .review_queries
        .reviews(ReviewFilter::OfProperty(id), page)
        .await?;
    Ok(page.map(|review| ReviewView::new(&review, actor)))
}
