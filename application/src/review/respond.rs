//! Answering a review.

use sojourn_domain::review::{Review, ReviewError};
use sojourn_domain::shared::{Actor, ReviewId, StoreError};

use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why a review was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RespondError {
    /// There is none, or the asker may not know of it.
    #[error("no such review")]
    NotFound,
    /// Only the one reviewed answers.
    #[error("only the one reviewed answers")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the review changed meanwhile")]
    Stale,
    /// Answered already, too late, or not like this.
    #[error(transparent)]
    Refused(ReviewError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReviewError> for RespondError {
    fn from(error: ReviewError) -> Self {
        if error == ReviewError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// The one reviewed answers a published review, once, for everybody to read.
///
/// # Errors
/// [`RespondError`].
pub async fn respond(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    text: String,
    expected: Option<i64>,
) -> Result<Review, RespondError> {
    let text = text.as_str();
    retrying_stale(|| async {
        let review = ports.reviews.get(id).await?;
        let review = review
            .filter(|it| it.visible_to(Some(actor)))
            .ok_or(RespondError::NotFound)?;
        if expected.is_some_and(|version| version != review.version) {
            return Err(RespondError::Stale);
        }
        let change = review.respond(actor, text.to_owned(), ports.clock.now())?;
        let answered = change.reviews.first().cloned();
        Ok(unless_stale(ports.reviews.commit(change).await, answered)?.flatten())
    })
    .await
}
