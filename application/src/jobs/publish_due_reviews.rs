//! Publishing reviews whose window has ended.

use sojourn_domain::shared::RepositoryError;

use crate::ports::Ports;
use crate::retry::unless_stale;

/// Maximum number of reviews per round.
const BATCH_SIZE: u32 = 100;

/// Publishes the reviews whose counterpart was not written in time. A review that changed
/// concurrently is left to the next round.
///
/// # Errors
/// [`RepositoryError::Unavailable`]; a review that cannot be published is logged and skipped.
pub async fn publish_due_reviews(ports: &Ports) -> Result<usize, RepositoryError> {
    let now = ports.clock.now();
    let mut published = 0;
    for review in ports.reviews.due(now, BATCH_SIZE).await? {
        let id = review.id;
        let Some(change) = review.publish_after_window(ports.terms.response_days, now) else {
            continue;
        };
        match unless_stale(ports.reviews.commit(change).await, ()) {
            Ok(done) => published += usize::from(done.is_some()),
            Err(error @ RepositoryError::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(review = %id, %error, "review could not be published"),
        }
    }
    Ok(published)
}
