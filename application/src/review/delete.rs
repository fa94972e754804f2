//! Taking a review back.

use sojourn_domain::review::ReviewError;
use sojourn_domain::shared::{Actor, ReviewId, StoreError};

use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why a review was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// There is none, or the asker may not know of it.
    #[error("no such review")]
    NotFound,
    /// Only its author and operators do.
    #[error("only its author takes a review back")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the review changed meanwhile")]
    Stale,
    /// It is published.
    #[error("a published review stays")]
    Refused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Its author takes a blind review back; an operator removes any, and it counts no more.
///
/// # Errors
/// [`DeleteError`].
pub async fn delete(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    expected: Option<i64>,
) -> Result<(), DeleteError> {
    retrying_stale(|| async {
        let review = ports.reviews.get(id).await?;
        let review = review.filter(|it| it.visible_to(Some(actor))).ok_or(DeleteError::NotFound)?;
        if expected.is_some_and(|version| version != review.version) {
            return Err(DeleteError::Stale);
        }
        let change = review.withdraw(actor, ports.clock.now()).map_err(|error| match error {
            ReviewError::NotAllowed => DeleteError::Forbidden,
            ReviewError::NotReviewable
            | ReviewError::WindowOver(_)
            | ReviewError::Published
            | ReviewError::NotAnswerable
            | ReviewError::Invalid(_) => DeleteError::Refused,
        })?;
        Ok(unless_stale(ports.reviews.commit(change).await, ())?)
    })
    .await
}
