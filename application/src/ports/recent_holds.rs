//! Recent bookings of a guest, for the limits on unpaid holds.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{RepositoryError, UserId};

/// Finds what an account has held of late.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait RecentHolds: Send + Sync {
    /// Bookings as a guest that were made since an instant (UTC), in any status.
    async fn of_guest(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Booking>, RepositoryError>;
}

/// Finds nothing, so that holds are not limited.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnlimitedHolds;

#[async_trait]
impl RecentHolds for UnlimitedHolds {
    async fn of_guest(&self, _: UserId, _: DateTime<Utc>) -> Result<Vec<Booking>, RepositoryError> {
        Ok(Vec::new())
    }
}
