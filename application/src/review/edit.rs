//! Editing a blind review.

use sojourn_domain::review::{ReviewError, ReviewText};
use sojourn_domain::shared::{Actor, RepositoryError, ReviewId, Violations};

use super::permission::load_to_edit;
use super::views::ReviewView;
use crate::access::PermissionError;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of editing a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such review, or it is not visible to the caller.
    #[error("no such review")]
    NotFound,
    /// Only the author can edit it.
    #[error("only the author can edit a review")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the review was changed concurrently")]
    Stale,
    /// The review can no longer be edited.
    #[error(transparent)]
    Refused(ReviewError),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for EditError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for EditError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

impl From<ReviewError> for EditError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::NotAllowed => Self::Forbidden,
            ReviewError::Invalid(found) => Self::Invalid(found),
            error @ (ReviewError::NotReviewable(_)
            | ReviewError::WindowOver(_)
            | ReviewError::Published
            | ReviewError::NotAnswerable(_)) => Self::Refused(error),
        }
    }
}

/// Edits a blind review as its author by applying the patch to its text.
///
/// # Errors
/// [`EditError`].
pub async fn edit(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    patch: &(dyn Fn(&ReviewText) -> Result<ReviewText, Violations> + Send + Sync),
    expected: Option<i64>,
) -> Result<ReviewView, EditError> {
    retry_on_conflict(|| async {
        let review = load_to_edit(ports, actor, id).await?;
        if expected.is_some_and(|version| version != review.version) {
            return Err(EditError::Stale);
        }
        let text = patch(&review.text).map_err(EditError::Invalid)?;
        let change = review.edit(actor, text, ports.clock.now())?;
        let edited = change.reviews.first().cloned();
        Ok(unless_stale(ports.reviews.commit(change).await, edited)?.flatten())
    })
    .await
    .map(|review| ReviewView::new(&review, Some(actor)))
}
