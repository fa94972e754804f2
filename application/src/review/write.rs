//! Writing a review.

use sojourn_domain::review::{Review, ReviewCommitError, ReviewError, ReviewText};
use sojourn_domain::shared::{Actor, BookingId, RepositoryError, ReviewId};

use super::views::ReviewView;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// A new review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteReview {
    /// The booking.
    pub booking_id: BookingId,
    /// The review's text and ratings.
    pub text: ReviewText,
}

/// Errors of writing a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller has already reviewed this booking.
    #[error("this booking has already been reviewed")]
    Exists,
    /// Outside the review window, or invalid.
    #[error(transparent)]
    Refused(#[from] ReviewError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for WriteError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Exists => {
                Failure::conflict("already_reviewed", "You have already reviewed this stay.")
            }
            Self::Refused(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Writes a review of the other party of a stay. Once both parties have written theirs, both are
/// published. A repeated request gets the review that it wrote.
///
/// # Errors
/// [`WriteError`].
pub async fn write(
    ports: &Ports,
    actor: &Actor,
    command: WriteReview,
) -> Result<ReviewView, WriteError> {
    let id = ReviewId::new(ports.ids.uuid());
    let command = &command;
    let written = retry_on_conflict(|| try_write(ports, actor, id, command)).await?;
    Ok(ReviewView::new(&written, Some(actor)))
}

async fn try_write(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    command: &WriteReview,
) -> Result<Option<Review>, WriteError> {
    let booking = ports
        .bookings
        .get(command.booking_id)
        .await?
        .ok_or(WriteError::NotFound)?;
    let party = booking.role_of(actor).ok_or(WriteError::NotFound)?;
    let mut others = ports.reviews.of_booking(booking.id).await?;
    if let Some(own) = others.iter().find(|it| it.reviewer_id == actor.user_id) {
        let written = attempt::prior().is_some_and(|done| done.id == own.id.uuid());
        return if written {
            Ok(Some(own.clone()))
        } else {
            Err(WriteError::Exists)
        };
    }
    if attempt::is_done() {
        // The author has withdrawn the review since.
        return Err(WriteError::NotFound);
    }
    let change = Review::write(
        id,
        &booking,
        party,
        command.text.clone(),
        others.pop(),
        ports.clock.now(),
    )?;
    let written = change
        .reviews
        .iter()
        .find(|review| review.id == id)
        .cloned();
    match ports.reviews.commit(change).await {
        Err(ReviewCommitError::Exists) => Err(WriteError::Exists),
        outcome => Ok(unless_stale(outcome, written)?.flatten()),
    }
}
