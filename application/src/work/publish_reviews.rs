//! Reviews whose window is over.

use sojourn_domain::shared::StoreError;

use crate::ports::Ports;
use crate::retry::unless_stale;

/// How many reviews a round takes.
const ROUND: u32 = 100;

/// Publishes the reviews that waited in vain for the other side. One that changed meanwhile is left to the next
/// round.
///
/// # Errors
/// [`StoreError::Unavailable`]; one that cannot be published is logged and passed over.
pub async fn publish_reviews(ports: &Ports) -> Result<usize, StoreError> {
    let now = ports.clock.now();
    let mut published = 0;
    for review in ports.reviews.due(now, ROUND).await? {
        let id = review.id;
        let Some(change) = review.window_over(ports.terms.response_days, now) else {
            continue;
        };
        match unless_stale(ports.reviews.commit(change).await, ()) {
            Ok(done) => published += usize::from(done.is_some()),
            Err(error @ StoreError::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(review = %id, %error, "a review cannot be published"),
        }
    }
    Ok(published)
}
