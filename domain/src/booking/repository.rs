//! Where bookings are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Booking, BookingChange};
use crate::payment::Payment;
use crate::shared::{BookingId, CommitError, StoreError};

/// Where bookings are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait BookingRepository: Send + Sync {
    /// The booking with this id.
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, StoreError>;

    /// The booking and its payment, as they are at one instant: a decision about either is made from both.
    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, StoreError>;

    /// Stores the whole change or nothing of it: the booking at the version after the one that was read, the
    /// nights it claims or gives up, its payment, what is posted, and the notices. [`CommitError::NightsTaken`]
    /// names the nights that another claim holds; [`CommitError::Stale`] when booking or payment changed
    /// meanwhile.
    async fn commit(&self, change: BookingChange) -> Result<(), CommitError>;

    /// Bookings whose [`Booking::due_at`] is reached, the longest due first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, StoreError>;
}
