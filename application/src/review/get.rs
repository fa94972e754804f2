//! Reading a review.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, ReviewId, StoreError};

use crate::ports::Ports;

/// A review as the asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// The review.
    pub review: Review,
    /// Whether the asker may read the private note.
    pub note_visible: bool,
}

/// Why a review cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// There is none, or the asker may not know of it.
    #[error("no such review")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A review: for everybody once it is published, before that for its author and operators.
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
    let note_visible = review.note_visible_to(actor);
    Ok(ReviewView {
        review,
        note_visible,
    })
}
