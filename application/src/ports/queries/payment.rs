//! Queries of payments and refunds.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{
    BookingId, BookingRole, Money, Page, PageRequest, PaymentEntryId, PaymentId, PropertyId,
    RepositoryError, UserId,
};

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundView {
    /// The payment's entry.
    pub id: PaymentEntryId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Its booking.
    pub booking_id: BookingId,
    /// Its property.
    pub property_id: PropertyId,
    /// The amount.
    pub amount: Money,
    /// Timestamp of the entry (UTC).
    pub at: DateTime<Utc>,
    /// Reason for the refund.
    pub reason: Option<String>,
    /// The party that bears a refund beyond the policy.
    pub borne_by: Option<BookingRole>,
}

/// Queries of payments and refunds.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentQueries: Send + Sync {
    /// Payments of bookings in which the user is guest or host, or all payments without a user.
    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, RepositoryError>;

    /// Those of the payments that [`Self::payments`] lists for the user, in any order and without their payouts,
    /// which the parties do not see.
    async fn payments_by_ids(
        &self,
        user: Option<UserId>,
        ids: Vec<PaymentId>,
    ) -> Result<Vec<Payment>, RepositoryError>;

    /// Refunds, newest first.
    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, RepositoryError>;
}
