//! Listing one's own reviews.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use crate::ports::{Ports, ReviewFilter};

/// Lists the caller's own reviews, published or not, newest first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list_own(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<Review>, RepositoryError> {
    ports
        .queries
        .reviews(ReviewFilter::By(actor.user_id), page)
        .await
}
