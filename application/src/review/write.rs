//! Writing a review.

use sojourn_domain::review::{Review, ReviewError, ReviewText};
use sojourn_domain::shared::{Actor, BookingId, CommitError, ReviewId, StoreError};

use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// What a side of a stay says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteReview {
    /// Of which booking.
    pub booking_id: BookingId,
    /// What it says.
    pub text: ReviewText,
}

/// Why a review was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// There is no such booking, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// This side has reviewed it.
    #[error("this stay was reviewed already")]
    Exists,
    /// Not now, or not like this.
    #[error(transparent)]
    Refused(#[from] ReviewError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A side of a stay reviews the other. When both have, both are published.
///
/// # Errors
/// [`WriteError`].
pub async fn write(
    ports: &Ports,
    actor: &Actor,
    command: WriteReview,
) -> Result<Review, WriteError> {
    let id = ReviewId::new(ports.ids.uuid());
    let command = &command;
    retrying_stale(|| attempt(ports, actor, id, command)).await
}

async fn attempt(
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
    let party = booking.party_of(actor).ok_or(WriteError::NotFound)?;
    let mut others = ports.reviews.of_booking(booking.id).await?;
    if others
        .iter()
        .any(|review| review.reviewer_id == actor.user_id)
    {
        return Err(WriteError::Exists);
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
        Err(CommitError::Exists) => Err(WriteError::Exists),
        outcome => Ok(unless_stale(outcome, written)?.flatten()),
    }
}
