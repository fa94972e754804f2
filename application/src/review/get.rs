//! Reading a review.

use sojourn_domain::shared::{Actor, RepositoryError, ReviewId};

use super::views::ReviewView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of reading a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// No such review, or it is not visible to the caller.
    #[error("no such review")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for GetError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// A review: public once published, before that for its author and operators only.
///
/// # Errors
/// [`GetError`].
pub async fn get(
    ports: &Ports,
    actor: Option<&Actor>,
    id: ReviewId,
) -> Result<ReviewView, GetError> {
    let review = ports
        .reviews
        .get(id)
        .await?
        .filter(|it| it.visible_to(actor))
        .ok_or(GetError::NotFound)?;
    Ok(ReviewView::new(&review, actor))
}
