//! Repository of bookings.

#[cfg(feature = "repositories")]
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::booking::booking::Booking;
use crate::booking::change::BookingChange;
use crate::payment::payment::Payment;
use crate::shared::id::{BookingId, PaymentId};
use crate::shared::repository::{CommitError, RepositoryError};

/// Reason for which a change of a booking was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookingCommitError {
    /// It, or what the change requires of others, was changed concurrently; the decision must be made
    /// again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// These nights have other claims.
    #[error("some of the nights are not available")]
    NightsTaken(Vec<NaiveDate>),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl From<BookingCommitError> for CommitError {
    fn from(error: BookingCommitError) -> Self {
        match error {
            BookingCommitError::Stale | BookingCommitError::NightsTaken(_) => Self::Stale,
            BookingCommitError::Repository(error) => Self::Repository(error),
        }
    }
}

/// Repository of bookings.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait BookingRepository: Send + Sync {
    /// Returns the booking with this id.
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, RepositoryError>;

    /// Returns the booking and its payment from one consistent snapshot.
    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, RepositoryError>;

    /// Returns the payment with this id and its booking from one consistent snapshot.
    async fn of_payment(
        &self,
        id: PaymentId,
    ) -> Result<Option<(Booking, Payment)>, RepositoryError>;

    /// Stores the whole change atomically, after it has checked the change's preconditions, which then
    /// hold until it is stored: the booking at the version after the one that was
    /// loaded, the nights that it claims or releases, its payment, journal entries and
    /// notifications. Fails with [`BookingCommitError::NightsTaken`] for nights that have another claim,
    /// and with [`BookingCommitError::Stale`] when booking or payment changed concurrently,
    /// a payment was begun concurrently, or a precondition does not hold any more.
    async fn commit(&self, change: BookingChange) -> Result<(), BookingCommitError>;

    /// Returns bookings whose [`Booking::due_at`] has been reached, the longest due first.
    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, RepositoryError>;
}
