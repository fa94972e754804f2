//! Listing one's own reviews.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, Page, PageRequest, StoreError};

use crate::ports::{Ports, ReviewFilter};

/// Lists the caller's own reviews, published or not, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn mine(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<Review>, StoreError> {
    ports
        .queries
        .reviews(ReviewFilter::By(actor.user_id), page)
        .await
}
