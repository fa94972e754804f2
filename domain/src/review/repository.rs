//! Repository of reviews.

#[cfg(feature = "repositories")]
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::review::review::{Review, ReviewChange};
use crate::shared::id::{BookingId, ReviewId};
use crate::shared::repository::{CommitError, RepositoryError};

/// Reason for which a change of reviews was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewCommitError {
    /// It was changed concurrently; it must be loaded and changed again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// The side has already reviewed the booking.
    #[error("the booking is already reviewed")]
    Exists,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl From<ReviewCommitError> for CommitError {
    fn from(error: ReviewCommitError) -> Self {
        match error {
            ReviewCommitError::Stale | ReviewCommitError::Exists => Self::Stale,
            ReviewCommitError::Repository(error) => Self::Repository(error),
        }
    }
}

/// Repository of reviews.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ReviewRepository: Send + Sync {
    /// Returns the review with this id.
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, RepositoryError>;

    /// Returns the reviews of a booking, at most one in each direction.
    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, RepositoryError>;

    /// Stores the change atomically, together with the rating of the property or guest: a review
    /// that is published is added, a published one that is withdrawn is subtracted. Fails with
    /// [`ReviewCommitError::Exists`] when the side has already reviewed the booking.
    async fn commit(&self, change: ReviewChange) -> Result<(), ReviewCommitError>;

    /// Returns unpublished reviews whose period has ended, the oldest first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, RepositoryError>;
}
