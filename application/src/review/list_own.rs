//! Listing one's own reviews.

use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use super::views::ReviewView;
use crate::ports::{Ports, ReviewFilter};

/// Lists the caller's own reviews, published or not, newest first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list_own(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<ReviewView>, RepositoryError> {
    let own = ReviewFilter::By(actor.user_id);
    let page = ports.review_queries.reviews(own, page).await?;
    Ok(page.map(|review| ReviewView::new(&review, Some(actor))))
}
