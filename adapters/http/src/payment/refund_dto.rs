//! Refunds as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::RefundView;
use sojourn_domain::shared::{BookingId, BookingRole, PaymentEntryId, PaymentId, PropertyId};
use utoipa::ToSchema;

use crate::wire::money::MoneyDto;
use crate::wire::party::PartySchema;

/// A refund.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundDto {
    /// Id of the payment entry.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentEntryId,
    /// Id of the payment.
    #[schema(value_type = String, format = "uuid")]
    pub payment_id: PaymentId,
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Refunded amount.
    pub amount: MoneyDto,
    /// Time of the refund (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Reason of the refund.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// Party that bears a refund beyond the cancellation policy; null for refunds under the policy.
    #[schema(required = true, value_type = Option<PartySchema>)]
    pub borne_by: Option<BookingRole>,
}

/// A page of refunds.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundList {
    /// Items on this page.
    pub data: Vec<RefundDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

impl From<RefundView> for RefundDto {
    fn from(view: RefundView) -> Self {
        Self {
            id: view.id,
            payment_id: view.payment_id,
            booking_id: view.booking_id,
            property_id: view.property_id,
            amount: view.amount.into(),
            at: view.at,
            reason: view.reason,
            borne_by: view.borne_by,
        }
    }
}
