//! Events of accounts: changes that concern an account, in one order for all servers.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{
    BookingId, BookingRole, Notification, RepositoryError, ReviewId, UserId,
};
use uuid::Uuid;

/// Time for which events can be read.
pub const EVENT_RETENTION: TimeDelta = TimeDelta::hours(24);

/// Subject of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventSubject {
    /// A booking of the account, as guest or host.
    Booking(BookingId),
    /// A review about the account or its property.
    Review(ReviewId),
    /// The account itself.
    Account(UserId),
}

/// A notification to the account of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventNotification {
    /// The notification.
    pub notification: Notification,
    /// The side of the booking that the account is on, if the notification is for both sides.
    pub side: Option<BookingRole>,
}

/// A change of something that an account can see. It is written with the change, one for each account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// Its id.
    pub id: Uuid,
    /// Its position among the events of all accounts, from 1. An event that is committed later has a higher one.
    pub sequence: u64,
    /// The account.
    pub user_id: UserId,
    /// The subject of the change.
    pub subject: EventSubject,
    /// The notification of the change, if the account gets one.
    pub notification: Option<EventNotification>,
    /// Timestamp of the change (UTC).
    pub at: DateTime<Utc>,
}

/// Events of accounts. They have a position from the first call of [`AccountEvents::number`] after their commit.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AccountEvents: Send + Sync {
    /// Gives the next positions to committed events without one, at most `limit`, and returns their number.
    async fn number(&self, limit: u32) -> Result<u32, RepositoryError>;

    /// The last position; 0 without events.
    async fn last(&self) -> Result<u64, RepositoryError>;

    /// Positions of events after a position, with their accounts, in order, at most `limit`.
    async fn accounts_after(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(u64, UserId)>, RepositoryError>;

    /// Events of an account after a position, in order, at most `limit`.
    async fn of_account(
        &self,
        user_id: UserId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<AccountEvent>, RepositoryError>;

    /// Deletes events from before an instant, but never the last, and returns their number.
    async fn delete_before(&self, at: DateTime<Utc>) -> Result<usize, RepositoryError>;
}
