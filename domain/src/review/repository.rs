//! Repository of reviews.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::review::review::{Review, ReviewChange};
use crate::shared::id::{BookingId, ReviewId};
use crate::shared::repository_error::{CommitError, RepositoryError};

/// Repository of reviews.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ReviewRepository: Send + Sync {
    /// Returns the review with this id.
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, RepositoryError>;

    /// Returns the reviews of a booking, at most one in each direction.
    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, RepositoryError>;

    /// Stores the change atomically, together with the rating of the property or guest: a review
    /// that is published is added, a published one that is withdrawn is subtracted. Fails with
    /// [`CommitError::Exists`] when the side has already reviewed the booking.
    async fn commit(&self, change: ReviewChange) -> Result<(), CommitError>;

    /// Returns unpublished reviews whose period has ended, the oldest first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, RepositoryError>;
}
