//! Editing a review that nobody has seen.

use sojourn_domain::review::{Review, ReviewError, ReviewText};
use sojourn_domain::shared::{Actor, ReviewId, StoreError, Violations};

use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why a review was not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// There is none, or the asker may not know of it.
    #[error("no such review")]
    NotFound,
    /// Only its author edits it.
    #[error("only its author edits a review")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the review changed meanwhile")]
    Stale,
    /// Not any more.
    #[error(transparent)]
    Refused(ReviewError),
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReviewError> for EditError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::NotAllowed => Self::Forbidden,
            ReviewError::Invalid(found) => Self::Invalid(found),
            error @ (ReviewError::NotReviewable
            | ReviewError::WindowOver(_)
            | ReviewError::Published
            | ReviewError::NotAnswerable) => Self::Refused(error),
        }
    }
}

/// Its author changes a review while it is blind: the patch makes the new text of the old.
///
/// # Errors
/// [`EditError`].
pub async fn edit(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    patch: &(dyn Fn(&ReviewText) -> Result<ReviewText, Violations> + Send + Sync),
    expected: Option<i64>,
) -> Result<Review, EditError> {
    retrying_stale(|| async {
        let review = ports
            .reviews
            .get(id)
            .await?
            .filter(|it| it.visible_to(Some(actor)))
            .ok_or(EditError::NotFound)?;
        if review.reviewer_id != actor.user_id {
            return Err(EditError::Forbidden);
        }
        if expected.is_some_and(|version| version != review.version) {
            return Err(EditError::Stale);
        }
        let text = patch(&review.text).map_err(EditError::Invalid)?;
        let change = review.edit(actor, text, ports.clock.now())?;
        let edited = change.reviews.first().cloned();
        Ok(unless_stale(ports.reviews.commit(change).await, edited)?.flatten())
    })
    .await
}
