//! Publishing reviews whose window has ended.

use sojourn_domain::shared::StoreError;

use crate::ports::Ports;
use crate::retry::unless_stale;

/// Maximum number of reviews per round.
const ROUND: u32 = 100;

/// Publishes the reviews whose counterpart was not written in time. A review that changed
/// concurrently is left to the next round.
///
/// # Errors
/// [`StoreError::Unavailable`]; a review that cannot be published is logged and skipped.
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
            Err(error) => tracing::error!(review = %id, %error, "review could not be published"),
        }
    }
    Ok(published)
}
