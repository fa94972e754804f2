//! Where reviews are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Review, ReviewChange};
use crate::shared::{BookingId, CommitError, ReviewId, StoreError};

/// Where reviews are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ReviewRepository: Send + Sync {
    /// The review with this id.
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, StoreError>;

    /// The reviews of a booking, at most one in each direction.
    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, StoreError>;

    /// Stores the whole change or nothing of it, and with it the rating of the property or guest: a review that
    /// becomes published is added, a published one that is withdrawn is taken off. [`CommitError::Exists`] when
    /// the side has reviewed the booking already.
    async fn commit(&self, change: ReviewChange) -> Result<(), CommitError>;

    /// Unpublished reviews whose window is over, the oldest first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, StoreError>;
}
