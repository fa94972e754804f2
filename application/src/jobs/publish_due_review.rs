//! Publishing a review whose window has ended.

use sojourn_domain::shared::ReviewId;

use crate::jobs::work::WorkError;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Publishes a review whose counterpart was not written in time.
pub(super) async fn publish_due_review(ports: &Ports, id: ReviewId) -> Result<(), WorkError> {
    let now = ports.clock.now();
    retry_on_conflict(|| async {
        let review = ports.reviews.get(id).await?;
        let change =
            review.and_then(|review| review.publish_after_window(ports.terms.response_days, now));
        match change {
            Some(change) => Ok(unless_stale(ports.reviews.commit(change).await, ())?),
            None => Ok::<_, WorkError>(Some(())),
        }
    })
    .await
}
