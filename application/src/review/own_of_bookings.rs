//! Reading one's own reviews of several bookings.

use sojourn_domain::shared::{Actor, BookingId, RepositoryError};

use super::views::ReviewView;
use crate::ports::Ports;

/// The reviews that the caller wrote of these bookings, published or not, in any order.
///
/// # Errors
/// [`RepositoryError`].
pub async fn own_of_bookings(
    ports: &Ports,
    actor: &Actor,
    bookings: Vec<BookingId>,
) -> Result<Vec<ReviewView>, RepositoryError> {
    let queries = &ports.review_queries;
    let reviews = queries.written_of_bookings(actor.user_id, bookings).await?;
    let view = |review| ReviewView::new(review, Some(actor));
    Ok(reviews.iter().map(view).collect())
}
