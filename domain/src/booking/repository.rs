//! Where bookings are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Booking, BookingChange};
use crate::shared::{BookingId, CommitError, StoreError};

/// Where bookings are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait BookingRepository: Send + Sync {
    /// The booking with this id.
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, StoreError>;

    /// Stores the whole change or nothing of it: the booking at the version after the one that was read, the
    /// nights it claims or gives up, its payment, and the notices. [`CommitError::NightsTaken`] names the nights
    /// that another claim holds; [`CommitError::Stale`] when booking or payment changed meanwhile.
    async fn commit(&self, change: BookingChange) -> Result<(), CommitError>;

    /// Bookings whose [`Booking::due_at`] is reached, the longest due first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, StoreError>;
}
