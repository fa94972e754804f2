//! Recent actions of a guest, for the limits against abuse.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{RepositoryError, UserId};

/// Finds what an account has done of late as a guest.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait GuestActivity: Send + Sync {
    /// True if unpaid holds, refused cards and proposals are limited.
    fn is_limited(&self) -> bool;

    /// Bookings that were made since an instant (UTC), in any status.
    async fn bookings_since(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Booking>, RepositoryError>;

    /// Instants (UTC) since a given one at which a card was refused for a booking of the guest, or a charge was begun
    /// that has no outcome yet, in ascending order; at most `limit`, the latest.
    async fn refused_cards_since(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DateTime<Utc>>, RepositoryError>;
}

/// Limits nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnlimitedActivity;

#[async_trait]
impl GuestActivity for UnlimitedActivity {
    fn is_limited(&self) -> bool {
        false
    }

    async fn bookings_since(
        &self,
        _: UserId,
        _: DateTime<Utc>,
    ) -> Result<Vec<Booking>, RepositoryError> {
        Ok(Vec::new())
    }

    async fn refused_cards_since(
        &self,
        _: UserId,
        _: DateTime<Utc>,
        _: u32,
    ) -> Result<Vec<DateTime<Utc>>, RepositoryError> {
        Ok(Vec::new())
    }
}
