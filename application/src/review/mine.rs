//! The reviews that one wrote.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, Page, PageRequest, StoreError};

use crate::ports::{Ports, ReviewFilter};

/// The asker's own reviews, published or not, the newest first.
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
