//! Listing all reviews.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::views::ReviewView;
use crate::access::{AdminError, require_admin};
use crate::ports::{AnyReviews, Ports, ReviewFilter};

/// Lists reviews of all users, published or not, newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_all(
    ports: &Ports,
    actor: &Actor,
    filter: AnyReviews,
    page: PageRequest,
) -> Result<Page<ReviewView>, AdminError> {
    require_admin(actor)?;
    let filter = ReviewFilter::Any(filter);
    let page = ports.review_queries.reviews(filter, page).await?;
    Ok(page.map(|review| ReviewView::new(&review, Some(actor))))
}
