//! Responding to a review.

use sojourn_domain::review::ReviewError;
use sojourn_domain::shared::{Actor, RepositoryError, ReviewId};

use super::permission::load_to_respond;
use super::views::ReviewView;
use crate::access::PermissionError;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of responding to a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RespondError {
    /// No such review, or it is not visible to the caller.
    #[error("no such review")]
    NotFound,
    /// Only the reviewed user can respond.
    #[error("only the reviewed user can respond")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the review was changed concurrently")]
    Stale,
    /// Already answered, too late, or invalid.
    #[error(transparent)]
    Refused(ReviewError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RespondError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for RespondError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
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

/// Adds the public response of the reviewed user to a published review, once.
///
/// # Errors
/// [`RespondError`].
pub async fn respond(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    text: String,
    expected: Option<i64>,
) -> Result<ReviewView, RespondError> {
    let text = text.as_str();
    retry_on_conflict(|| async {
        let review = load_to_respond(ports, actor, id).await?;
        if attempt::is_done() {
            return Ok(Some(review));
        }
        if expected.is_some_and(|version| version != review.version) {
            return Err(RespondError::Stale);
        }
        let change = review.respond(actor, text.to_owned(), ports.clock.now())?;
        let answered = change.reviews.first().cloned();
        Ok(unless_stale(ports.reviews.commit(change).await, answered)?.flatten())
    })
    .await
    .map(|review| ReviewView::new(&review, Some(actor)))
}
